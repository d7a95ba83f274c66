import { html, nothing, type TemplateResult } from 'lit';
import type { CommandOption } from '../../discord/limits/commands.ts';
import { upload } from './api.ts';
import { hiddenOptions, isFile, send, setValue, suggest, visibleOptions } from './commands.ts';
import { chip, fileButton, sampleButtons } from './files.ts';
import { choicesOf } from './rows.ts';
import { type CommandForm, change, type Picked, placeOf, state } from './store.ts';

/** The command that is being filled in. */
export function commandForm(form: CommandForm): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void send(form);
  };
  const cancel = () => change({ form: undefined, open: undefined });
  const show = (name: string) => {
    form.shown.push(name);
    change({});
  };
  return html`<form class="command" aria-label=${`Command ${form.command.name}`} @submit=${submit}>
    <header>
      <strong class="command-name">/${form.command.name}</strong>
      <span class="note">${form.command.description}</span>
    </header>
    ${visibleOptions(form).map((option) => field(form, option))}
    <footer>
      ${hiddenOptions(form).map(
        ({ name }) => html`<button type="button" class="add-option" @click=${() => show(name)}>+ ${name}</button>`,
      )}
      <div class="submit">
        <button type="button" class="quiet" @click=${cancel}>Cancel</button>
        <button class="primary">Run</button>
      </div>
    </footer>
  </form>`;
}

function field(form: CommandForm, option: CommandOption): TemplateResult {
  const { name, description } = option;
  return html`<div class="field">
    <div class="field-name"><strong id=${`o-${name}`}>${name}</strong><span class="note">${description}</span></div>
    ${isFile(option) ? fileInput(form, option) : input(form, option)}
  </div>`;
}

function fileInput(form: CommandForm, { name }: CommandOption): TemplateResult {
  const value = form.values[name];
  const key = `option ${name}`;
  const put = (file: Picked) => {
    setValue(form, name, file);
    change({ open: undefined });
  };
  const remove = () => {
    delete form.values[name];
    change({});
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

function input(form: CommandForm, option: CommandOption): TemplateResult {
  const { name, type } = option;
  const value = form.values[name];
  const text = typeof value === 'string' ? value : '';
  const set = ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLInputElement || currentTarget instanceof HTMLSelectElement)) return;
    setValue(form, name, currentTarget.value);
    change({});
    if (option.autocomplete) void suggest(form, name);
  };
  const choices = fixedChoices(option);
  if (choices)
    return html`<select aria-labelledby=${`o-${name}`} .value=${text} @change=${set}>
      <option value=""></option>
      ${choices.map(({ label, value }) => html`<option value=${value} ?selected=${value === text}>${label}</option>`)}
    </select>`;
  const suggestions = form.choices?.option === name ? form.choices.list : [];
  return html`<input
      aria-labelledby=${`o-${name}`}
      autocomplete="off"
      inputmode=${type === 4 || type === 10 ? 'numeric' : 'text'}
      list=${suggestions.length > 0 ? `l-${name}` : nothing}
      maxlength=${option.max_length ?? nothing}
      .value=${text}
      @input=${set}
    />
    ${
      suggestions.length > 0
        ? html`<datalist id=${`l-${name}`}>
            ${suggestions.map((one) => html`<option value=${String(one.value)} label=${one.name}></option>`)}
          </datalist>`
        : nothing
    }`;
}

/** Choices that are known without asking: the option's own, yes and no, members (6), channels (7), roles (8), both (9). */
function fixedChoices({ type, choices }: CommandOption): { label: string; value: string }[] | undefined {
  if (choices?.length) return choices.map(({ name, value }) => ({ label: name, value: String(value) }));
  if (type === 5) return ['true', 'false'].map((value) => ({ label: value === 'true' ? 'True' : 'False', value }));
  const select = ({ 6: 5, 7: 8, 8: 6, 9: 7 } as const)[type];
  return select && choicesOf({ type: select }, placeOf(state.place)?.serverId);
}
