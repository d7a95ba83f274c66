import type { Locale } from '../../locales/en-US.ts';
import { moment } from '../cards/text.ts';
import { type Case, type CasePost, type Hindrance, type Step, type StepKind, stepKindSchema } from './case.ts';

/** What the bot did, a line a kind, and how to undo it; for many messages in figures. */
export function stepLines({ posts }: Case, locale: Locale): string[] {
  const lines = stepKindSchema.options.flatMap((kind) => linesOf(kind, posts, locale));
  return lines.length > 0 ? lines : [locale.alerts.onlyAlert];
}

function linesOf(kind: StepKind, posts: readonly CasePost[], { alerts }: Locale): string[] {
  const steps = posts.flatMap((post) => post.steps.filter((step) => step.kind === kind));
  const done = steps.filter(({ state }) => state === 'done');
  const waiting = steps.filter(({ state }) => state === 'todo');
  return [
    ...(done.length > 0 ? [doneLine(kind, done, alerts)] : []),
    ...(waiting.length > 0 ? [`⏳ ${alerts.waiting[kind]}`] : []),
    ...hindrancesOf(steps).map((why) => `❌ ${alerts.failed[kind]} ${alerts.hindrances[why]}`),
  ];
}

function doneLine(kind: StepKind, done: readonly Step[], alerts: Locale['alerts']): string {
  const until = done.find((step) => step.until !== undefined)?.until;
  if (done.every(({ already }) => already)) return `✅ ${alerts.already}`;
  return `✅ ${alerts.done[kind](done.length, until === undefined ? '' : moment(until, 'f'))}`;
}

const hindrancesOf = (steps: readonly Step[]): Hindrance[] => [
  ...new Set(steps.flatMap(({ state, why }) => (state === 'failed' && why && why !== 'needless' ? why : []))),
];
