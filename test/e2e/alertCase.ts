import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Channel, Member, Message } from '../../sandbox/discord/model.ts';
import { type CaseAct, type Choice, customId } from '../../src/discord/controls/ids.ts';
import { actions } from '../../src/discord/moderation/actions/registry.ts';
import type { GuildSettings } from '../../src/discord/settings/settings.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { marked } from './calls.ts';
import { forged } from './forged.ts';
import { everyone } from './people.ts';
import { startWatching, storeSettings, type WatchedWorld } from './watching.ts';
import { textOf, type World } from './world.ts';

export const { alerts: words } = enUS;
export const tool = (number = 0) => ({ name: `tool${number}.exe`, content: marked('malicious', number) });

interface CaseOptions {
  channel?: Channel;
  author?: (world: WatchedWorld) => Member;
  settings?: Partial<GuildSettings>;
  /** The server has a moderator role, which nobody has. */
  moderatorRole?: boolean;
  /** A copy is to be posted, for which the minute in which it counts as one must not be over too soon. */
  copies?: boolean;
}

/** One alert about one message, a quarantine role, and somebody without any permission who may press. */
export async function startCase(t: TestContext, options: CaseOptions = {}) {
  // After a ban there is no such member, after a deletion no such message.
  const world = await startWatching(t, options.settings, {
    refusals: 'expected',
    asleep: true,
    ...(options.copies && { rate: 2, virusTotal: { analysisTime: () => 0 } }),
  });
  const { discord } = world;
  const { botRole, guild } = discord.scene;
  allowEverything(world);
  const cell = discord.addRole('Quarantine', 0n);
  const moderators = discord.addRole('Deputies', 0n);
  const roles = { quarantineRole: cell.id, ...(options.moderatorRole && { moderatorRole: moderators.id }) };
  await storeSettings(world.dataDir, guild.id, roles);
  const role = discord.addRole('Helpers', everyone, { position: 2 });
  await world.start();
  const presser = discord.join('helper', { roles: [role] });
  const author = options.author?.(world) ?? discord.scene.member;
  const message = discord.post({ member: author, files: [tool()] });
  const [alert = assert.fail('there is no alert')] = await world.alerts();
  return { world, discord, role, cell, moderators, presser, author, message, alert, botRole };
}

/** Another alert in the same world, about a member who has just joined. */
export async function nextCase(started: Started, number: number): Promise<Started> {
  const { world, discord } = started;
  const author = discord.join(`author${number}`);
  const message = discord.post({ member: author, files: [tool(number)] });
  const [alert = assert.fail('there is no alert')] = await world.alerts(1, new RegExp(message.id));
  return { ...started, author, message, alert };
}
export type Started = Awaited<ReturnType<typeof startCase>>;

/** What the bot needs for all of its actions. */
function allowEverything({ discord }: World): void {
  const { botRole } = discord.scene;
  const more = Bits.BanMembers | Bits.KickMembers | Bits.ManageRoles;
  discord.changeRole(botRole, BigInt(botRole.permissions) | more);
}

/** Presses the control of the alert, or of an earlier one. */
export function ask(
  { discord, alert, message }: Pick<Started, 'discord' | 'alert' | 'message'>,
  act: CaseAct,
  member: Member,
): InteractionHandle {
  const id = customId({ kind: 'case', act, of: message.id });
  return discord.press(forged(discord, alert, id), id, member);
}

/** Confirms a question as it stands there. */
export function confirm(
  { discord }: Pick<Started, 'discord'>,
  question: Message,
  member: Member,
  choice?: Choice,
): InteractionHandle {
  const ids = question.components.flatMap((row) => row.components).flatMap(({ custom_id }) => custom_id ?? []);
  const id = ids.find((one) => one.startsWith('v1:sure:') && (!choice || one.endsWith(`:${choice}`)));
  return discord.press(question, id ?? assert.fail(`nothing to confirm: ${question.content}`), member);
}

/** Presses, and confirms what is asked. */
export async function use(started: Started, act: CaseAct, member = started.presser, choice?: Choice) {
  const handle = ask(started, act, member);
  const question = await handle.next();
  assert.ok(handle.isEphemeral());
  const { choices } = actions[act];
  if (!choices) return assert.equal(question.content, words.noted);
  const answer = confirm(started, question, member, choice ?? choices[0]);
  await answer.next(({ content }) => content === words.noted);
}

/** All that a control may change. */
export function stateOf({ world, discord, message, author, alert, cell }: Started) {
  const { bot, auditLog } = discord.world;
  return {
    isThere: discord.world.messages.has(message.id),
    timedOut: author.communication_disabled_until !== null,
    quarantined: author.roles.includes(cell.id),
    isMember: discord.scene.guild.members.some(({ user }) => user.id === author.user.id),
    banned: discord.scene.guild.bans.length,
    acts: auditLog.filter(({ user_id }) => user_id === bot.id).length,
    letters: discord.messagesIn(discord.directChannel(author), author).length,
    // Not the private refusals that the owner got.
    said: world.saidIn(discord.scene.alerts).filter(({ id }) => !discord.world.messages.get(id)?.visibleTo).length,
    alert: textOf(discord.world.messages.get(alert.id)?.message ?? assert.fail('the alert is gone')),
  };
}

export async function refused(started: Started, handle: InteractionHandle, content: string): Promise<void> {
  const before = stateOf(started);
  assert.equal((await handle.next()).content, content);
  assert.ok(handle.isEphemeral());
  assert.deepEqual(stateOf(started), before);
}

/** How the line of the alert begins that says who did it. */
export const lineOf = (act: CaseAct, { user }: Member) =>
  words.acts[act].did(`<@${user.id}>`, '', '', '').split('.')[0] ?? '';

/** An alert about the message says who did it. */
export async function performed({ world, message }: Started, act: CaseAct, member: Member): Promise<void> {
  const isSaid = (one: Message) => textOf(one).includes(message.id) && textOf(one).includes(lineOf(act, member));
  await world.discord.waitFor(() => world.saidIn(world.discord.scene.alerts).some(isSaid));
}

/** The alert says something. */
export const alertSays = (started: Started, text: string) =>
  started.discord.waitFor(() => stateOf(started).alert.includes(text));

export const unchanged = {
  isThere: true,
  timedOut: false,
  quarantined: false,
  isMember: true,
  banned: 0,
  acts: 0,
  letters: 0,
  said: 1,
};

interface Control {
  act: CaseAct;
  needs: keyof typeof enUS.permissions;
  /** The moderator role is enough. */
  byRole: boolean;
  changes: Partial<typeof unchanged>;
}

export const controls: Control[] = [
  { act: 'delete', needs: 'ManageMessages', byRole: true, changes: { isThere: false, acts: 1, letters: 1 } },
  { act: 'timeOut', needs: 'ModerateMembers', byRole: true, changes: { timedOut: true, acts: 1, letters: 1 } },
  { act: 'quarantine', needs: 'ManageRoles', byRole: true, changes: { quarantined: true, acts: 1, letters: 1 } },
  { act: 'kick', needs: 'KickMembers', byRole: false, changes: { isMember: false, acts: 1, letters: 1 } },
  { act: 'ban', needs: 'BanMembers', byRole: false, changes: { isMember: false, banned: 1, acts: 1, letters: 1 } },
  // The change of the settings is told in the same channel.
  { act: 'block', needs: 'ManageGuild', byRole: false, changes: { said: 1 } },
  { act: 'claim', needs: 'ManageMessages', byRole: true, changes: {} },
  { act: 'resolve', needs: 'ManageMessages', byRole: true, changes: {} },
  { act: 'dismiss', needs: 'ManageMessages', byRole: true, changes: {} },
];
