import { type Clock, systemClock } from '../../src/scan/clock.ts';
import type { MessageView, Page, Patch, Sections } from './wire.ts';

/** Changes of so many milliseconds travel together. */
const together = 40;
/** What only time changes, such as a quota that comes back, is looked at so often. */
const lookEvery = 1_000;

/** Tells the open pages what has changed, whatever it was: what is there now is compared with what they have. */
export interface Feed {
  changed(): void;
  /** Begins with everything; returns what ends it. */
  subscribe(send: (patch: Patch) => void): () => void;
  stop(): void;
}

export function pageFeed(read: () => Page, clock: Clock): Feed {
  const subscribers = new Set<(patch: Patch) => void>();
  const stopped = new AbortController();
  let sent = new Map<string, string>();
  let scheduled = false;

  function flush(): void {
    const page = read();
    const parts = partsOf(page);
    const isNew = (key: string) => sent.get(key) !== parts.get(key);
    const sections = Object.fromEntries(Object.entries(page.sections).filter(([name]) => isNew(name)));
    const messages = page.messages.filter(({ id }) => isNew(id));
    const gone = [...sent.keys()].filter((key) => !parts.has(key));
    sent = parts;
    if (Object.keys(sections).length + messages.length + gone.length === 0) return;
    for (const send of subscribers) send({ now: clock.now(), isWhole: false, sections, messages, gone });
  }

  async function soon(): Promise<void> {
    if (scheduled) return;
    scheduled = true;
    await systemClock.sleep(together, stopped.signal).catch(() => {});
    scheduled = false;
    if (!stopped.signal.aborted && subscribers.size > 0) flush();
  }

  async function keepLooking(): Promise<void> {
    while (!stopped.signal.aborted) {
      await systemClock.sleep(lookEvery, stopped.signal).catch(() => {});
      void soon();
    }
  }

  void keepLooking();
  return {
    changed: () => void soon(),
    subscribe(send) {
      flush();
      const { sections, messages } = read();
      send({ now: clock.now(), isWhole: true, sections, messages, gone: [] });
      subscribers.add(send);
      return () => subscribers.delete(send);
    },
    stop: () => stopped.abort(),
  };
}

function partsOf({ sections, messages }: Page): Map<string, string> {
  const entries: [string, Sections[keyof Sections] | MessageView][] = [
    ...Object.entries(sections),
    ...messages.map((message): [string, MessageView] => [message.id, message]),
  ];
  return new Map(entries.map(([key, part]) => [key, JSON.stringify(part)]));
}
