import { html, nothing, type TemplateResult } from 'lit';
import { change, state } from './store.ts';

export interface Choice {
  label: string;
  value: string;
  note: string | undefined;
  isOn: boolean;
}

interface Picker {
  /** Unlike that of every other picker on the page. */
  key: string;
  label: string;
  choices: Choice[];
  disabled: boolean;
  least: number;
  most: number;
  send(values: string[]): void;
}

/** One of several: the browser's own menu, which every keyboard and phone knows. The chosen one stands there without its note. */
export function pickOne({ label, choices, disabled, send }: Picker): TemplateResult {
  const chosen = choices.find(({ isOn }) => isOn)?.value ?? '';
  const choose = ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLSelectElement)) return;
    const { value } = currentTarget;
    currentTarget.value = chosen;
    if (value) send([value]);
  };
  return html`<select class="menu" aria-label=${label} ?disabled=${disabled} .value=${chosen} @change=${choose}>
    <option value="" disabled ?selected=${chosen === ''}>${label}</option>
    ${choices.map(
      ({ value, label, note, isOn }) =>
        html`<option value=${value} ?selected=${isOn}>${note && !isOn ? `${label} · ${note}` : label}</option>`,
    )}
  </select>`;
}

/** Some of several: a list of ticks, sent when it closes. */
export function pickMany(picker: Picker): TemplateResult {
  const { key, label, choices, disabled } = picker;
  const isOpen = state.open === key;
  const on = choices.filter(({ isOn }) => isOn).map((choice) => choice.label);
  const toggle = () => change({ open: isOpen ? undefined : key });
  return html`<div class="pick">
    <button
      type="button"
      class="menu"
      aria-label=${on.length > 0 ? `${label}: ${on.join(', ')}` : label}
      aria-expanded=${isOpen}
      ?disabled=${disabled}
      @click=${toggle}
    >
      <span>${on.length > 0 ? on.join(', ') : label}</span>
    </button>
    ${isOpen ? ticks(picker) : nothing}
  </div>`;
}

function ticks({ label, choices, least, most, send }: Picker): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const values = new FormData(event.currentTarget).getAll('choice').filter((one) => typeof one === 'string');
    if (values.length < least || values.length > most) {
      change({ problem: `Choose ${least === most ? least : `${least} to ${most}`}` });
      return;
    }
    change({ open: undefined });
    send(values);
  };
  return html`<form class="popover ticks" aria-label=${label} @submit=${submit}>
    ${choices.map(
      ({ value, label, note, isOn }) =>
        html`<label><input type="checkbox" name="choice" value=${value} ?checked=${isOn} />${label}${note ? html` <small>${note}</small>` : nothing}</label>`,
    )}
    <button class="primary">Done</button>
  </form>`;
}
