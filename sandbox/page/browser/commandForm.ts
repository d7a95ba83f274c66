import { html, nothing, type TemplateResult } from 'lit';
import type { CommandOption } from '../../discord/limits/commands.ts';
import { upload } from './api.ts';
import {
  closeSuggestions,
  descriptionOf,
  hiddenOptions,
  isFile,
  optionText,
  send,
  setValue,
  suggest,
  takeSuggestion,
  visibleOptions,
} from './commands.ts';
import { chip, fileButton, sampleButtons } from './files.ts';
import { focusSoon } from './focus.ts';
import { choicesOf } from './rows.ts';
import { type CommandForm, change, type Picked, placeOf, state } from './store.ts';

/** The command that is being filled in. */
export function commandForm(form: CommandForm): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void send(form);
  };
  const show = (name: string) => {
    form.shown.push(name);
    change({});
    focusSoon(fieldOf(name));
  };
  return html`<form class="command" aria-label=${`Command ${form.command.name}`} @submit=${submit}>
    <header>
      <strong class="command-name">/${form.command.name}</strong>
      <span class="note">${descriptionOf(form.command)}</span>
    </header>
    ${visibleOptions(form).map((option) => field(form, option))}
    <footer>
      ${hiddenOptions(form).map(
        ({ name }) => html`<button type="button" class="add-option" @click=${() => show(name)}>+ ${name}</button>`,
      )}
      <div class="submit">
        <button type="button" class="quiet" @click=${closeForm}>Cancel</button>
        <button class="primary">Run</button>
      </div>
    </footer>
  </form>`;
}

const fieldOf = (name: string) => `[data-option="${name}"] :is(input, select)`;
const run = '.command .primary';

export function closeForm(): void {
  change({ form: undefined, open: undefined });
  focusSoon('#draft');
}

function field(form: CommandForm, option: CommandOption): TemplateResult {
  const { name } = option;
  return html`<div class="field" data-option=${name}>
    <div class="field-name"><strong id=${`o-${name}`}>${name}</strong><span class="note">${optionText(option)}</span></div>
    ${isFile(option) ? fileInput(form, option) : input(form, option)} ${takesAddress(option) ? addresses(form, option) : nothing}
  </div>`;
}

function fileInput(form: CommandForm, { name }: CommandOption): TemplateResult {
  const value = form.values[name];
  const key = `option ${name}`;
  const put = (file: Picked) => {
    setValue(form, name, file);
    change({ open: undefined });
    focusSoon(run);
  };
  const remove = () => {
    delete form.values[name];
    change({});
    focusSoon(fieldOf(name));
  };
  if (typeof value === 'object') return html`<div>${chip(value, remove)}</div>`;
  const pick = async (files: File[]) => (await upload(files)).forEach(put);
  return html`<div class="file-input">
    ${fileButton('Choose a file', (files) => void pick(files), { several: false, label: `Choose a file for ${name}` })}
    <button type="button" aria-expanded=${state.open === key} @click=${() => change({ open: state.open === key ? undefined : key })}>
      Sample files
    </button>
    <span class="note">or drop one here</span>
    ${state.open === key ? html`<div class="popover samples">${sampleButtons(put)}</div>` : nothing}
  </div>`;
}

/** By its name: Discord has no type for addresses. */
const takesAddress = ({ type, name }: CommandOption) => type === 3 && (name === 'url' || name === 'query');

function addresses(form: CommandForm, { name }: CommandOption): TemplateResult {
  const put = (address: string) => {
    setValue(form, name, address);
    closeSuggestions(form);
    focusSoon(run);
  };
  return html`<div class="addresses" role="group" aria-label="Sample addresses">
    <span class="note">Or try</span>
    ${(state.sections?.addresses ?? []).map(
      ({ address, note }) =>
        html`<button type="button" class="add-option" title=${address} @click=${() => put(address)}>${note}</button>`,
    )}
  </div>`;
}

function input(form: CommandForm, option: CommandOption): TemplateResult {
  const { name, type } = option;
  const value = form.values[name];
  const text = typeof value === 'string' ? value : '';
  const choices = fixedChoices(option);
  if (choices)
    return html`<select aria-labelledby=${`o-${name}`} .value=${text} @change=${(event: Event) => set(form, option, event)}>
      <option value=""></option>
      ${choices.map(({ label, value }) => html`<option value=${value} ?selected=${value === text}>${label}</option>`)}
    </select>`;
  const open = form.choices?.option === name ? form.choices : undefined;
  const begin = () => option.autocomplete && suggest(form, name);
  return html`<input
      aria-labelledby=${`o-${name}`}
      autocomplete="off"
      inputmode=${type === 4 || type === 10 ? 'numeric' : 'text'}
      maxlength=${option.max_length ?? nothing}
      role=${option.autocomplete ? 'combobox' : nothing}
      aria-autocomplete=${option.autocomplete ? 'list' : nothing}
      aria-expanded=${option.autocomplete ? open !== undefined : nothing}
      aria-controls=${open ? 'suggestions' : nothing}
      aria-activedescendant=${open && open.list.length > 0 ? `s-${open.chosen}` : nothing}
      .value=${form.names[name] ?? text}
      @focus=${begin}
      @input=${(event: Event) => set(form, option, event)}
      @keydown=${(event: KeyboardEvent) => open && keyed(form, open, event)}
      @blur=${() => open && closeSuggestions(form)}
    />
    ${open ? suggestions(form, open) : nothing}`;
}

function set(form: CommandForm, option: CommandOption, { currentTarget }: Event): void {
  if (!(currentTarget instanceof HTMLInputElement || currentTarget instanceof HTMLSelectElement)) return;
  delete form.names[option.name];
  setValue(form, option.name, currentTarget.value);
  change({});
  if (option.autocomplete) suggest(form, option.name);
}

type Open = NonNullable<CommandForm['choices']>;

/** What the bot suggests. The field keeps the focus, so that a press here must not take it. */
function suggestions(form: CommandForm, { option, list, chosen }: Open): TemplateResult {
  if (list.length === 0)
    return html`<p class="popover empty" id="suggestions" role="status">The bot suggests nothing for that.</p>`;
  return html`<div class="popover commands" id="suggestions" role="listbox" aria-label=${`Suggestions for ${option}`}>
    ${list.map(
      (one, index) =>
        html`<div
          role="option"
          id=${`s-${index}`}
          aria-selected=${index === chosen}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${() => takeSuggestion(form, option, one)}
        >
          <span>${one.name}</span>
        </div>`,
    )}
  </div>`;
}

function keyed(form: CommandForm, open: Open, event: KeyboardEvent): void {
  const { key } = event;
  const one = open.list[open.chosen];
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const step = key === 'ArrowDown' ? 1 : open.list.length - 1;
    open.chosen = (open.chosen + step) % Math.max(1, open.list.length);
    change({});
    setTimeout(() => document.querySelector('#suggestions [aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
  } else if ((key === 'Enter' || key === 'Tab') && one) takeSuggestion(form, open.option, one);
  else return;
  if (key !== 'Tab') event.preventDefault();
}

/** Choices that are known without asking: the option's own, yes and no, members (6), channels (7), roles (8), both (9). */
function fixedChoices({ type, choices }: CommandOption): { label: string; value: string }[] | undefined {
  if (choices?.length) return choices.map(({ name, value }) => ({ label: name, value: String(value) }));
  if (type === 5) return ['true', 'false'].map((value) => ({ label: value === 'true' ? 'True' : 'False', value }));
  const select = ({ 6: 5, 7: 8, 8: 6, 9: 7 } as const)[type];
  return select && choicesOf({ type: select }, placeOf(state.place)?.serverId);
}
