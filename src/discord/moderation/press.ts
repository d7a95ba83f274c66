import { type MessageComponentInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { createTurns } from '../../scan/turns.ts';
import type { CaseAct, CasePress } from '../controls/components.ts';
import type { SettingsBook } from '../settings/book.ts';
import { enlist } from '../settings/lists.ts';
import { timeOutLengths } from '../settings/settings.ts';
import type { Acts, Done } from './acts.ts';
import { isLength } from './alert.ts';
import { authorsOf, type Case, type Deed, type Hindrance } from './case.ts';
import type { Cases } from './cases.ts';
import { timeOutEnd } from './decide.ts';
import type { People } from './people.ts';
import { auditReason } from './reason.ts';

const needed = {
  delete: 'ManageMessages',
  timeOut: 'ModerateMembers',
  ban: 'BanMembers',
  dismiss: 'ManageMessages',
  trust: 'ManageGuild',
} as const satisfies Record<CaseAct, keyof typeof PermissionFlagsBits>;

export interface ControlsParts {
  cases: Cases;
  acts: Acts;
  people: People;
  settings: Pick<SettingsBook, 'change'>;
  touch(id: string): void;
  now(): number;
  locale: Locale;
}

/** The controls of an alert, for whoever may: it is asked for at each press. */
export type Controls = (interaction: MessageComponentInteraction, wanted: CasePress) => Promise<void>;

export function createControls(parts: ControlsParts): Controls {
  const { cases, locale, now } = parts;
  const inTurn = createTurns();

  return async (interaction, { act, of }) => {
    const one = await cases.get(of);
    if (!one || !interaction.inCachedGuild() || interaction.guildId !== one.guild)
      return refuse(interaction, locale.alerts.unknownCase);
    if (!mayPress(interaction, act, one))
      return refuse(interaction, locale.alerts.notAllowed(locale.alerts.permissions[needed[act]]));
    const length = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
    if (act === 'timeOut' && !isLength(length)) return refuse(interaction, locale.alerts.unknownCase);
    await interaction.deferUpdate();

    await inTurn(of, async () => {
      const current = await cases.get(of);
      if (!current || (act !== 'timeOut' && isDone(current, act))) return;
      const until = isLength(length) ? timeOutEnd(timeOutLengths[length], now()) : undefined;
      const failed = await perform(current, act, until, interaction);
      const deed: Deed = { act, by: interaction.user.id, at: now(), until, failed };
      await cases.change(of, (changed) => ({ ...changed, deeds: [...changed.deeds, deed] }));
    });
    parts.touch(of);
  };

  /** What could not be done. */
  async function perform(
    one: Case,
    act: CaseAct,
    until: number | undefined,
    interaction: MessageComponentInteraction<'cached'>,
  ): Promise<Hindrance[]> {
    const { acts, settings } = parts;
    const reason = auditReason(locale.alerts.pressReason(interaction.user.username, one.files[0]?.name ?? '?'));
    switch (act) {
      case 'delete':
        return failures(one.posts, ({ channel, message }) => acts.deleteMessage(channel, message, reason));
      case 'timeOut':
        return failures(authorsOf(one), async ({ id }) =>
          (await isAbove(interaction, id))
            ? acts.timeOut(one.guild, id, until ?? 0, reason)
            : { state: 'failed', why: 'outranked' },
        );
      case 'ban':
        return failures(authorsOf(one), async ({ id }) =>
          (await isAbove(interaction, id)) ? acts.ban(one.guild, id, reason) : { state: 'failed', why: 'outranked' },
        );
      case 'trust': {
        const { id: by } = interaction.user;
        const files = one.files.flatMap(({ name, sha256 }) => (sha256 ? { name, sha256, by, at: now() } : []));
        await settings.change(one.guild, by, (before) =>
          files.reduce((changed, file) => enlist(changed, 'trust', file), before),
        );
        return [];
      }
      case 'dismiss':
        return [];
      default:
        return act satisfies never;
    }
  }

  /** Nobody gets the bot to do what Discord would not let them do themselves. */
  async function isAbove({ guild, member }: MessageComponentInteraction<'cached'>, other: string): Promise<boolean> {
    const target = await parts.people.member(guild.id, other);
    if (!target || guild.ownerId === member.id) return true;
    return !target.owner && member.roles.highest.position > target.rank;
  }
}

const isDone = (one: Case, act: CaseAct) => one.deeds.some((deed) => deed.act === act && deed.failed.length === 0);

/** Deleting takes the permission where the message is. */
function mayPress(interaction: MessageComponentInteraction<'cached'>, act: CaseAct, { posts }: Case): boolean {
  const permission = PermissionFlagsBits[needed[act]];
  if (act !== 'delete') return interaction.memberPermissions.has(permission);
  return posts.every(({ channel }) => {
    const place = interaction.guild.channels.cache.get(channel);
    return (place?.permissionsFor(interaction.member) ?? interaction.memberPermissions).has(permission);
  });
}

async function failures<One>(all: readonly One[], work: (one: One) => Promise<Done>): Promise<Hindrance[]> {
  const found: Hindrance[] = [];
  for (const one of all) {
    const done = await work(one);
    if (done.state === 'failed') found.push(done.why);
  }
  return found;
}

async function refuse(interaction: MessageComponentInteraction, content: string): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
