import { render } from 'lit';
import { listen } from './api.ts';
import { closeLatest } from './escape.ts';
import { layout } from './layout.ts';
import { openDialogs } from './modal.ts';
import { arrive, seeNewest } from './navigation.ts';
import { restyle } from './restyle.ts';
import { change, onChange, state } from './store.ts';
import { isDark, readTheme } from './theme.ts';

/** So near to its end counts as reading the newest message. */
const nearEnd = 120;
const root = document.querySelector<HTMLElement>('#page');
let shownPlace = '';

restyle();
onChange(draw);
readTheme();
listen();
setInterval(() => change({}), 1_000);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => change({}));
document.addEventListener('keydown', ({ key }) => key === 'Escape' && closeLatest());
document.addEventListener('pointerdown', (event) => {
  const isInside = event
    .composedPath()
    .some((one) => one instanceof Element && one.matches('.popover, [aria-expanded]'));
  if (!isInside && state.open) change({ open: undefined });
});
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => event.preventDefault());
draw();

function draw(): void {
  if (!root) return;
  arrive();
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  const wasAtEnd = isAtEnd();
  if (root.firstElementChild?.tagName === 'NOSCRIPT') root.replaceChildren();
  render(layout(), root);
  openDialogs();
  if (state.pane === 'chat') seeNewest();
  if (wasAtEnd || shownPlace !== state.place) requestAnimationFrame(toEnd);
  shownPlace = state.place;
}

function log(): Element | null {
  return document.querySelector('.log');
}

function isAtEnd(): boolean {
  const box = log();
  return !box || box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
}

function toEnd(): void {
  const box = log();
  if (box) box.scrollTop = box.scrollHeight;
}
