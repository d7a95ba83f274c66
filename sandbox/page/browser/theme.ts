import { change, state, type Theme } from './store.ts';

const order: Theme[] = ['auto', 'dark', 'light'];
const storageKey = 'theme';

export function readTheme(): void {
  const kept = order.find((theme) => theme === localStorage.getItem(storageKey));
  if (kept) change({ theme: kept });
}

export const isDark = () =>
  state.theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : state.theme === 'dark';

export function toggleTheme(): void {
  const theme = isDark() ? 'light' : 'dark';
  localStorage.setItem(storageKey, theme);
  change({ theme });
}
