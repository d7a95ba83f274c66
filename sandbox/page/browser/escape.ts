import { closeForm } from './commandForm.ts';
import { closeSuggestions } from './commands.ts';
import { change, state } from './store.ts';

/** Closes what was opened last. An open modal is the browser's to close. */
export function closeLatest(): void {
  if (state.modal) return;
  if (state.form?.choices) closeSuggestions(state.form);
  else if (state.open !== undefined) closePopover();
  else if (state.form) closeForm();
  else if (state.draft.startsWith('/')) change({ draft: '' });
  else if (state.replyTo !== undefined) change({ replyTo: undefined });
  else if (state.problem !== undefined) change({ problem: undefined });
}

/** The focus goes back to what opened it. */
function closePopover(): void {
  const opener = document.querySelector<HTMLElement>('button[aria-expanded=true]');
  change({ open: undefined });
  setTimeout(() => opener?.focus());
}
