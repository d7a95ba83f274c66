import { ComponentType, GuildMFALevel, type MessageComponentInteraction, MessageFlags } from 'discord.js';
import { localeOf } from '../../locales/languages.ts';
import { type Message, messageOf, sendable } from '../cards/view.ts';
import { type CaseAct, type CasePress, type Choice, parsePress } from '../controls/ids.ts';
import { Refusal } from '../preconditions.ts';
import type { SettingsBook } from '../settings/book.ts';
import { actions } from './actions/registry.ts';
import { actsOf } from './actsOfPress.ts';
import { type Case, withActs } from './case.ts';
import type { Cases } from './cases.ts';
import { moreActs, type Question, renderMore, renderQuestion } from './question.ts';
import { mayPress, offeredTo, type Pressed } from './rights.ts';
import { meant, sealOf } from './targets.ts';

export interface AlertControlsParts {
  cases: Cases;
  settings: Pick<SettingsBook, 'read'>;
  /** Starts carrying out the acts and updating the alert. */
  touch(id: string): void;
  now(): number;
}

/**
 * Handles the controls of alerts. An act is confirmed first, and stored before anybody is told that it is under way.
 * Permissions are checked at each press.
 */
export type AlertControls = (interaction: MessageComponentInteraction, wanted: CasePress) => Promise<void>;

/** If at least this many families of engines name malware, trusting the file must be confirmed twice. */
const manyFamilies = 3;

export function createAlertControls({ cases, settings, touch, now }: AlertControlsParts): AlertControls {
  /** Returns the case, the press and the settings. Throws a `Refusal`. */
  async function begin(pressed: MessageComponentInteraction, { of, act }: { of: string; act: CaseAct | 'more' }) {
    const { alerts } = localeOf(pressed.locale);
    const one = await cases.get(of);
    if (!one || !pressed.inCachedGuild() || pressed.guildId !== one.guild) throw new Refusal(alerts.unknownCase);
    const chosen = await settings.read(one.guild);
    if (act === 'quarantine' && !chosen.quarantineRole) throw new Refusal(alerts.noQuarantineRole);
    return { one, pressed, chosen };
  }

  function demand(pressed: Pressed, one: Case, act: CaseAct, moderatorRole: string | undefined): void {
    if (mayPress(pressed, one, act, moderatorRole)) return;
    const { permission, byRole } = actions[act];
    const role = byRole && moderatorRole ? `<@&${moderatorRole}>` : undefined;
    const { alerts, permissions } = localeOf(pressed.locale);
    throw new Refusal(alerts.notAllowed(permissions[permission], role));
  }

  /** Throws a `Refusal` if nothing is left to ask about. */
  function questionFor(
    pressed: Pressed,
    one: Case,
    kind: CaseAct,
    moderatorRole: string | undefined,
    more: { wanted?: readonly string[]; isChanged?: boolean } = {},
  ): Question {
    demand(pressed, one, kind, moderatorRole);
    const offer = offeredTo(pressed, one, kind, moderatorRole);
    if (offer.offered.length === 0) throw new Refusal(localeOf(pressed.locale).alerts.nothingLeft);
    const chosen = more.wanted?.filter((id) => offer.offered.includes(id)) ?? meant(one, kind, offer.offered);
    const twoFactor = pressed.guild.mfaLevel === GuildMFALevel.Elevated;
    const channelName = (id: string) => pressed.guild.channels.cache.get(id)?.name ?? id;
    return { one, kind, ...offer, chosen, twoFactor, channelName, isChanged: more.isChanged ?? false };
  }

  async function ask(wanted: Extract<CasePress, { kind: 'case' }>, interaction: MessageComponentInteraction) {
    const { one, pressed, chosen } = await begin(interaction, wanted);
    const { moderatorRole } = chosen;
    if (wanted.act === 'more') {
      const acts = moreActs(one).filter((act) => act !== 'quarantine' || chosen.quarantineRole);
      const may = acts.filter((act) => offeredTo(pressed, one, act, moderatorRole).offered.length > 0);
      return answer(pressed, renderMore(one, may, localeOf(pressed.locale)));
    }
    const question = questionFor(pressed, one, wanted.act, moderatorRole);
    if (actions[wanted.act].choices) return put(pressed, question);
    await record(pressed, question, moderatorRole, 'plain', chosen.tellAuthor);
    return answer(pressed, messageOf({ content: localeOf(pressed.locale).alerts.noted }));
  }

  async function choose(wanted: Extract<CasePress, { kind: 'choose' }>, interaction: MessageComponentInteraction) {
    const { one, pressed, chosen } = await begin(interaction, wanted);
    const picked = interaction.isStringSelectMenu() ? interaction.values : [];
    const question = questionFor(pressed, one, wanted.act, chosen.moderatorRole, { wanted: picked });
    await put(pressed, question);
  }

  async function confirm(wanted: Extract<CasePress, { kind: 'sure' }>, interaction: MessageComponentInteraction) {
    const { act, seal, choice } = wanted;
    const { one, pressed, chosen } = await begin(interaction, wanted);
    if (!isWayTo(act, choice)) throw new Refusal(localeOf(pressed.locale).refusals.outdated);
    const { moderatorRole } = chosen;
    const picked = pickedIn(interaction);
    const question = questionFor(pressed, one, act, moderatorRole, picked && { wanted: picked });
    if (sealOf(one, act, question.offered) !== seal) return askAgain(pressed, question, moderatorRole);
    if (act === 'trust' && choice !== 'anyway') {
      const really = worstOf(one, question.chosen);
      if (really >= manyFamilies) return put(pressed, { ...question, really });
    }
    const isRecorded = await record(pressed, question, moderatorRole, choice, chosen.tellAuthor);
    return isRecorded
      ? answer(pressed, messageOf({ content: localeOf(pressed.locale).alerts.noted }))
      : askAgain(pressed, question, moderatorRole);
  }

  async function askAgain(pressed: Pressed, { one, kind }: Question, moderatorRole: string | undefined) {
    const current = (await cases.get(one.id)) ?? one;
    const question = questionFor(pressed, current, kind, moderatorRole, { isChanged: true });
    await put(pressed, question);
  }

  /** Stores the acts if the case still offers what the question offered. Resolves when they would survive a kill. */
  async function record(
    pressed: Pressed,
    { one, kind, offered, chosen }: Question,
    moderatorRole: string | undefined,
    choice: Choice,
    tellsAuthor: boolean,
  ): Promise<boolean> {
    let isRecorded = false;
    const seal = sealOf(one, kind, offered);
    await cases.change(one.id, (current) => {
      const still = offeredTo(pressed, current, kind, moderatorRole).offered;
      if (sealOf(current, kind, still) !== seal) return current;
      isRecorded = true;
      const press = { id: pressed.id, by: pressed.user.id, byName: pressed.user.username, at: now() };
      return withActs(current, actsOf(current, { kind, targets: chosen, choice, tellsAuthor }, press));
    });
    if (isRecorded) touch(one.id);
    return isRecorded;
  }

  return (interaction, wanted) => {
    switch (wanted.kind) {
      case 'case':
        return ask(wanted, interaction);
      case 'choose':
        return choose(wanted, interaction);
      case 'sure':
        return confirm(wanted, interaction);
    }
  };
}

/** Whether an act can be carried out in this way. */
const isWayTo = (act: CaseAct, choice: Choice) =>
  actions[act].choices?.includes(choice) || (act === 'trust' && choice === 'anyway');

const put = (pressed: Pressed, question: Question) =>
  answer(pressed, renderQuestion(question, localeOf(pressed.locale)));

/** Answers in the private message that was pressed, or in a new private message below the alert. */
async function answer(pressed: Pressed, message: Message): Promise<void> {
  const isPrivate = pressed.message.flags.has(MessageFlags.Ephemeral);
  if (isPrivate) await pressed.update(sendable(message));
  else await pressed.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}

/** Returns what is chosen in the menu of the bot's question; undefined: it has no menu. */
function pickedIn({ message }: MessageComponentInteraction): string[] | undefined {
  for (const row of message.components) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const component of row.components) {
      if (component.type !== ComponentType.StringSelect) continue;
      if (parsePress(component.customId)?.kind !== 'choose') continue;
      return component.options.filter((option) => option.default).map(({ value }) => value);
    }
  }
  return undefined;
}

/** Returns how many families of engines name malware in the worst of these files. */
const worstOf = ({ files }: Case, hashes: readonly string[]) =>
  Math.max(0, ...files.filter(({ sha256 }) => sha256 && hashes.includes(sha256)).map(({ families }) => families));
