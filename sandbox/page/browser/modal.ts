import { html, nothing, type TemplateResult } from 'lit';
import type { Modal, ModalInput } from '../../discord/limits/callbacks.ts';
import { perform, upload } from './api.ts';
import { fileButton } from './files.ts';
import { choicesOf } from './rows.ts';
import { change, type OpenModal, placeOf, state } from './store.ts';

type Part = Modal['components'][number];

/** The form that the bot answered with. */
export function drawModal(modal: OpenModal): TemplateResult {
  const closed = () => change({ modal: undefined });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const values = Object.entries(modal.values).map(([name, value]) => [name, sent(value)] as const);
    closeDialog();
    closed();
    const { me: as } = state;
    const done = await perform({
      do: 'submit',
      as,
      interaction: modal.interaction,
      values: Object.fromEntries(values),
    });
    if (!done && !state.modal) change({ modal });
  };
  return html`<dialog class="modal" aria-labelledby="modal-title" @close=${closed}>
    <form @submit=${submit}>
      <h2 id="modal-title">${modal.form.title}</h2>
      ${modal.form.components.map((part) => drawPart(modal, part))}
      <footer><button type="button" class="quiet" @click=${closeDialog}>Cancel</button><button class="primary">Submit</button></footer>
    </form>
  </dialog>`;
}

/** The browser gives the focus back to where it was. */
function closeDialog(): void {
  document.querySelector<HTMLDialogElement>('dialog.modal')?.close();
}

/** A dialog must be told to open once it is in the document. */
export function openDialogs(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.modal:not([open])');
  dialog?.showModal();
}

function sent(value: OpenModal['values'][string]) {
  if (typeof value === 'string') return value;
  const texts = value.filter((one) => typeof one === 'string');
  return texts.length > 0 ? texts : value.filter((one) => typeof one === 'object').map(({ ref }) => ref);
}

function drawPart(modal: OpenModal, part: Part): TemplateResult {
  const input = part.component ?? part.components?.[0];
  if (!input) return html`<p>${text(part.content)}</p>`;
  const label = part.label ?? text(input.label) ?? input.custom_id;
  const description = text(part.description);
  return html`<label class="field">
    <span class="field-name"><strong>${label}</strong>${description ? html`<span class="note">${description}</span>` : nothing}</span>
    ${drawInput(modal, input)}
  </label>`;
}

/** What the bot has chosen beforehand. */
function filledIn({ options = [], default_values = [] }: ModalInput): string[] {
  return [...options.filter((one) => one.default).map(({ value }) => value), ...default_values.map(({ id }) => id)];
}

/** 3 and 5 to 8 menus, 4 a text of one line (style 1) or several, 19 files */
function drawInput(modal: OpenModal, input: ModalInput): TemplateResult {
  const { type, custom_id: name } = input;
  modal.values[name] ??= type === 4 ? (input.value ?? '') : filledIn(input);
  const set = (value: OpenModal['values'][string]) => {
    modal.values[name] = value;
    change({});
  };
  if (type === 19) {
    const files = async (picked: File[]) => set(await upload(picked));
    const value = modal.values[name];
    const shown = Array.isArray(value) ? value.flatMap((one) => (typeof one === 'object' ? one.name : [])) : [];
    return html`${fileButton('Choose files', (picked) => void files(picked))}<span class="note">${shown.join(', ')}</span>`;
  }
  if (type !== 4) return drawMenu(modal, input, set);
  const typed = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLInputElement || currentTarget instanceof HTMLTextAreaElement)
      set(currentTarget.value);
  };
  const common = {
    required: input.required !== false,
    hint: text(input.placeholder) ?? '',
    most: number(input.max_length),
  };
  return input.style === 2
    ? html`<textarea rows="4" maxlength=${common.most ?? nothing} placeholder=${common.hint} ?required=${common.required} .value=${String(modal.values[name])} @input=${typed}></textarea>`
    : html`<input maxlength=${common.most ?? nothing} placeholder=${common.hint} ?required=${common.required} .value=${String(modal.values[name])} @input=${typed} />`;
}

function drawMenu(modal: OpenModal, input: ModalInput, set: (values: string[]) => void): TemplateResult {
  const type = ([3, 5, 6, 7, 8] as const).find((known) => known === input.type) ?? 3;
  const choices = type === 3 ? ownChoices(input) : choicesOf({ type }, placeOf(state.place)?.serverId);
  const choose = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLSelectElement)
      set([...currentTarget.selectedOptions].map(({ value }) => value).filter(Boolean));
  };
  const several = (number(input.max_values) ?? 1) > 1;
  const chosen = [modal.values[input.custom_id]].flat();
  return html`<select ?multiple=${several} ?required=${input.required !== false} @change=${choose}>
    ${several ? nothing : html`<option value="">${text(input.placeholder) ?? ''}</option>`}
    ${choices.map(({ label, value }) => html`<option value=${value} ?selected=${chosen.includes(value)}>${label}</option>`)}
  </select>`;
}

function ownChoices({ options }: ModalInput): { label: string; value: string }[] {
  if (!Array.isArray(options)) return [];
  return options.map((one) => ({ label: String(one?.label), value: String(one?.value) }));
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
