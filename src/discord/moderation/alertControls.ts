import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { createTurns } from '../../scan/turns.ts';
import type { CasePress } from '../controls/ids.ts';
import { Refusal } from '../preconditions.ts';
import type { SettingsBook } from '../settings/book.ts';
import { isTimeOutLength, timeOutLengths } from '../settings/settings.ts';
import type { Action } from './actions/action.ts';
import { actions } from './actions/registry.ts';
import type { Acts } from './acts.ts';
import { auditReason } from './acts.ts';
import { type Case, type Deed, isDone } from './case.ts';
import type { Cases } from './cases.ts';
import { timeOutEnd } from './decide.ts';
import type { People } from './people.ts';

export interface AlertControlsParts {
  cases: Cases;
  acts: Acts;
  people: People;
  settings: Pick<SettingsBook, 'change'>;
  /** Has the alert drawn again. */
  touch(id: string): void;
  now(): number;
  locale: Locale;
}

/** Runs the action whose control of an alert was pressed. The permission is checked at each press. */
export type AlertControls = (interaction: MessageComponentInteraction, wanted: CasePress) => Promise<void>;

export function createAlertControls({ touch, ...parts }: AlertControlsParts): AlertControls {
  const { cases, now, locale } = parts;
  const { alerts } = locale;
  const inTurn = createTurns();

  return async (interaction, { act, of }) => {
    const action = actions[act];
    const one = await cases.get(of);
    if (!one || !interaction.inCachedGuild() || interaction.guildId !== one.guild)
      throw new Refusal(alerts.unknownCase);
    if (!mayPress(interaction, action, one)) {
      throw new Refusal(alerts.notAllowed(alerts.permissions[action.permission]));
    }
    const length = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
    if (act === 'timeOut' && !isTimeOutLength(length)) throw new Refusal(alerts.unknownCase);
    await interaction.deferUpdate();

    await inTurn(of, async () => {
      const current = await cases.get(of);
      if (!current || (!action.isRepeatable && isDone(current, act))) return;
      const until = isTimeOutLength(length) ? timeOutEnd(timeOutLengths[length], now()) : undefined;
      const { id: by, username } = interaction.user;
      const reason = auditReason(alerts.pressReason(username, current.files[0]?.name ?? '?'));
      const failed = await action.run({ ...parts, one: current, interaction, until, reason, now: now() });
      const deed: Deed = { act, by, at: now(), until, failed };
      await cases.change(of, (changed) => ({ ...changed, deeds: [...changed.deeds, deed] }));
    });
    touch(of);
  };
}

function mayPress(
  { guild, member, memberPermissions }: MessageComponentInteraction<'cached'>,
  { permission, inChannels }: Action,
  { posts }: Case,
): boolean {
  const bit = PermissionFlagsBits[permission];
  if (!inChannels) return memberPermissions.has(bit);
  return posts.every(({ channel }) => {
    const there = guild.channels.cache.get(channel)?.permissionsFor(member);
    if (!there) return memberPermissions.has(bit);
    if (there.has(PermissionFlagsBits.Administrator)) return true;
    // Discord's own rule, which discord.js leaves out: without seeing the channel, or timed out, nobody has a permission there.
    return !member.isCommunicationDisabled() && there.has([PermissionFlagsBits.ViewChannel, bit]);
  });
}
