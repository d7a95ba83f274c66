import type { Act } from '../acts.ts';
import type { Happening, MoodName } from '../moods.ts';
import type { Outcome, Patch } from '../wire.ts';
import { apply, change, type Picked, state } from './store.ts';

const key = document.querySelector<HTMLMetaElement>('meta[name=sandbox-key]')?.content ?? '';
const headers = { 'x-sandbox-key': key };

/** Listens to the sandbox for as long as the page is open. After a pause the browser connects again by itself. */
export function listen(): void {
  const events = new EventSource(`/api/events?key=${encodeURIComponent(key)}`);
  events.onmessage = ({ data }) => {
    const patch: Patch = JSON.parse(data);
    apply(patch);
  };
  events.onerror = () => change({ isLive: false });
}

/** What was done, or undefined with the reason shown. A form that the bot answers with is opened. */
export async function perform(act: Act): Promise<Extract<Outcome, { ok: true }> | undefined> {
  const outcome = await post('/api/acts', act);
  if (!outcome.ok) {
    change({ problem: outcome.problem });
    return undefined;
  }
  change({ problem: undefined, ...(outcome.modal && { modal: { ...outcome.modal, values: {} } }) });
  return outcome;
}

export const setMood = (mood: MoodName, on: boolean) => post('/api/moods', { mood, on });
export const happen = (what: Happening) => post('/api/moods', { happen: what });

export async function upload(files: Iterable<File>): Promise<Picked[]> {
  const picked: Picked[] = [];
  for (const file of files) {
    change({ uploading: state.uploading + 1 });
    const address = `/api/files?name=${encodeURIComponent(file.name)}`;
    const response = await fetch(address, { method: 'POST', headers, body: file }).catch(() => undefined);
    change({ uploading: state.uploading - 1 });
    if (!response?.ok) change({ problem: (await response?.text()) ?? 'The sandbox has ended' });
    else {
      const answer: { upload: string } = await response.json();
      picked.push({ name: file.name, ref: { upload: answer.upload } });
    }
  }
  return picked;
}

async function post(path: string, body: object): Promise<Outcome> {
  try {
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    const response = await fetch(path, { ...init, body: JSON.stringify(body) });
    if (!response.ok) return { ok: false, problem: await response.text() };
    const outcome: Outcome = await response.json();
    return outcome;
  } catch {
    return { ok: false, problem: 'The sandbox does not answer: has it ended?' };
  }
}
