import type { Locale } from '../../locales/en-US.ts';
import { moment } from '../cards/text.ts';
import { actions } from './actions/registry.ts';
import type { Act, ActKind, Hindrance } from './actRecord.ts';
import type { Case } from './case.ts';
import { phraseOf } from './phrases.ts';

/** Returns who did what with which result: one line for each press and result, oldest first. The bot's own acts come first. */
export function actLines(one: Case, mostPresses: number, locale: Locale): string[] {
  const own = groupsOf(one.acts.filter(({ by, kind, press }) => !by && !(kind === 'tellAuthor' && press)));
  const pressed = groupsOf(one.acts.filter(({ by }) => by));
  const letters = groupsOf(one.acts.filter(({ by, kind, press }) => !by && kind === 'tellAuthor' && press));
  const shown = [...own, ...pressed.slice(-mostPresses), ...letters.slice(-mostPresses)];
  const lines = shown.flatMap((acts) => linesOf(one, acts, locale));
  return own.length > 0 ? lines : [locale.alerts.onlyAlert, ...lines];
}

/** Acts of one kind and one press. */
function groupsOf(acts: readonly Act[]): Act[][] {
  const groups = new Map<string, Act[]>();
  for (const act of acts) {
    const key = `${act.press ?? ''} ${act.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), act]);
  }
  return [...groups.values()];
}

function linesOf(one: Case, acts: readonly Act[], locale: Locale): string[] {
  const [first] = acts;
  if (!first) return [];
  const { kind, by, at, choice, until } = first;
  const { alerts } = locale;
  const who = by && `<@${by}>`;
  const phrase = (those: readonly Act[]) =>
    phraseOf(
      one,
      kind,
      those.map(({ target }) => target),
      locale,
    );
  const done = acts.filter(({ state, already }) => state === 'done' && !already);
  const already = acts.filter((act) => act.already);
  const todo = acts.filter(({ state }) => state === 'todo');
  const words = alerts.acts[kind];
  const when = by ? ` · ${moment(at)}` : '';
  return [
    ...(done.length > 0
      ? [
          `${iconOf(kind)} ${words.did(who, phrase(done), until ? moment(until, 'f') : '', alerts.choices[choice ?? 'plain'])}${when}`,
        ]
      : []),
    ...(already.length > 0 ? [`✅ ${alerts.already(words.plain, phrase(already))}`] : []),
    ...(todo.length > 0 ? [`⏳ ${alerts.underWay(words.plain, phrase(todo), who)}`] : []),
    ...hindrancesOf(acts).map((why) => {
      const those = acts.filter((act) => act.state === 'failed' && act.why === why);
      return `❌ ${alerts.couldNot(who, words.plain, phrase(those))} ${alerts.hindrances[why]}`;
    }),
  ];
}

const hindrancesOf = (acts: readonly Act[]): Hindrance[] => [
  ...new Set(acts.flatMap(({ state, why }) => (state === 'failed' && why && why !== 'needless' ? why : []))),
];

const iconOf = (kind: ActKind) => (kind === 'tellAuthor' ? '✉️' : actions[kind].icon);
