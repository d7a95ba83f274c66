import { html, nothing, type TemplateResult } from 'lit';
import { upload } from './api.ts';
import { fillFiles } from './commands.ts';
import { closeIcon } from './icons.ts';
import { change, type Picked, state } from './store.ts';

/** Files that were dropped or picked go into the open command's file options, else to the message. */
export function take(files: readonly Picked[]): void {
  const left = state.form ? fillFiles(state.form, files) : files;
  change({ picked: [...state.picked, ...left].slice(0, 10), open: undefined });
}

export async function takeFiles(files: Iterable<File>): Promise<void> {
  take(await upload(files));
}

/** A button that opens the system's file dialog. */
export function fileButton(
  text: string,
  taken: (files: File[]) => void,
  { several = true, label = text } = {},
): TemplateResult {
  const pick = ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLInputElement)) return;
    taken([...(currentTarget.files ?? [])]);
    currentTarget.value = '';
  };
  return html`<label class="file-button"
    ><input type="file" aria-label=${label} ?multiple=${several} @change=${pick} /><span aria-hidden="true">${text}</span></label
  >`;
}

/** The sandbox's own files, to try the bot with. */
export function sampleButtons(taken: (file: Picked) => void): TemplateResult[] {
  return (state.sections?.samples ?? []).map(({ id, name, note }) => {
    const pick = () => taken({ name, ref: { sample: id } });
    return html`<button type="button" @click=${pick}><bdi>${name}</bdi><small>${note}</small></button>`;
  });
}

export function drawPicked(): TemplateResult | typeof nothing {
  if (state.picked.length === 0 && state.uploading === 0) return nothing;
  const drop = (file: Picked) => change({ picked: state.picked.filter((one) => one !== file) });
  return html`<ul class="picked" aria-label="Files to send">
    ${state.picked.map((file) => html`<li>${chip(file, () => drop(file))}</li>`)}
    ${state.uploading > 0 ? html`<li class="note">Reading ${state.uploading} …</li>` : nothing}
  </ul>`;
}

export function chip({ name }: Picked, remove: () => void): TemplateResult {
  return html`<span class="chip"
    ><bdi>${name}</bdi><button type="button" aria-label=${`Remove ${name}`} @click=${remove}>${closeIcon}</button></span
  >`;
}
