import { ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { plain } from '../cards/text.ts';
import { type Message, messageOf } from '../cards/view.ts';
import { type CaseAct, type Choice, caseActSchema, customId } from '../controls/ids.ts';
import { actions } from './actions/registry.ts';
import type { Case } from './case.ts';
import { labelOf, phraseOf } from './phrases.ts';
import { mostAtOnce, type Offer } from './rights.ts';
import { meant, sealOf, targetsOf } from './targets.ts';

/** The question before an act. */
export interface Question extends Offer {
  one: Case;
  kind: CaseAct;
  /** The offered targets that are chosen. */
  chosen: readonly string[];
  /** Whether the case has changed since the last question. */
  isChanged?: boolean;
  /** Set for the second question before a file is trusted: how many families of engines name malware in it. */
  really?: number;
  twoFactor: boolean;
  channelName(id: string): string;
}

/** Shows the question. It names every person, channel and file that its buttons act upon. */
export function renderQuestion(question: Question, locale: Locale): Message {
  const components = [...menuOf(question, locale), buttonsOf(question, locale)];
  return messageOf({ content: contentOf(question, locale), components });
}

function contentOf(question: Question, locale: Locale): string {
  const { one, kind, offered, chosen, forbidden, later, isChanged, really, twoFactor } = question;
  const { alerts } = locale;
  const { plain: verb, note } = alerts.acts[kind];
  const what = phraseOf(one, kind, chosen, locale);
  const { target } = actions[kind];
  const isOpen = chosen.length === 0;
  const aside = offered.filter((id) => !meant(one, kind, offered).includes(id) && !chosen.includes(id));
  return [
    isChanged && alerts.changed,
    isOpen ? alerts.ask(verb, '') : alerts.ask(verb, what),
    really ? alerts.reallyTrust(what, really) : note,
    isOpen && alerts.chooseFirst,
    target === 'people' && aside.length > 0 && alerts.onlyForwarded(phraseOf(one, kind, aside, locale)),
    later > 0 && alerts.othersLater(later),
    forbidden > 0 && alerts.elsewhere(forbidden),
    twoFactor && `-# ${alerts.twoFactor}`,
    `-# ${alerts.leave}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** A menu of the targets, if there are several and they fit. */
function menuOf({ one, kind, offered, chosen, channelName }: Question, { alerts }: Locale): Message['components'] {
  const { target } = actions[kind];
  const isClear = offered.length === 1 && chosen.length === 1;
  if (target === 'case' || isClear || offered.length > mostAtOnce) return [];
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: customId({ kind: 'choose', act: kind, of: one.id }),
    placeholder: alerts.choose[target],
    min_values: 1,
    max_values: offered.length,
    options: offered.map((value) => ({
      value,
      label: plain(labelOf(one, kind, value, channelName), 100),
      default: chosen.includes(value),
    })),
  };
  return [{ type: ComponentType.ActionRow, components: [menu] }];
}

function buttonsOf(
  { one, kind, offered, chosen, really }: Question,
  { alerts }: Locale,
): Message['components'][number] {
  const choices: readonly Choice[] = really ? ['anyway'] : (actions[kind].choices ?? []);
  const seal = sealOf(one, kind, offered);
  const isDanger = actions[kind].target === 'people' || actions[kind].target === 'messages';
  return {
    type: ComponentType.ActionRow,
    components: choices.map((choice) => ({
      type: ComponentType.Button,
      style: isDanger || really ? ButtonStyle.Danger : ButtonStyle.Primary,
      label: alerts.confirm[choice](alerts.acts[kind].button),
      custom_id: customId({ kind: 'sure', act: kind, of: one.id, seal, choice }),
      disabled: chosen.length === 0,
    })),
  };
}

/** Discord's limit for the buttons of a row. */
const widest = 5;

/** Offers the other acts that whoever pressed may do, with a button for each. */
export function renderMore(one: Case, acts: readonly CaseAct[], { alerts, card }: Locale): Message {
  const buttons = acts.map((act) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label: alerts.acts[act].button,
    custom_id: customId({ kind: 'case', act, of: one.id }),
  }));
  const detailed = one.files.find(({ link }) => link);
  const detections = detailed && {
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label: card.allDetections,
    custom_id: customId({ kind: 'detections', selection: 'all', token: detailed.token }),
  };
  const all = [...buttons, ...(detections ? [detections] : [])];
  const rows = Array.from({ length: Math.ceil(all.length / widest) }, (_, at) =>
    all.slice(at * widest, (at + 1) * widest),
  );
  return messageOf({
    content: all.length > 0 ? alerts.moreAbout : alerts.nothingMore,
    components: rows.map((components) => ({ type: ComponentType.ActionRow, components })),
  });
}

/** Returns the acts without a button in the alert that have targets left. */
export const moreActs = (one: Case): CaseAct[] =>
  caseActSchema.options.filter((act) => !actions[act].button && targetsOf(one, act).length > 0);
