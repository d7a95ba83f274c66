import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Channel, Member } from '../../sandbox/discord/model.ts';
import { type CaseAct, customId } from '../../src/discord/controls/ids.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { marked } from './calls.ts';
import { everyone } from './people.ts';
import { startWatching, type WatchedWorld } from './watching.ts';
import { textOf } from './world.ts';

export const { alerts: words } = enUS;
export const tool = (number = 0) => ({ name: `tool${number}.exe`, content: marked('malicious', number) });

/** One alert about one message, and somebody without any permission who may press. */
export async function startCase(
  t: TestContext,
  options: { channel?: Channel; author?: (world: WatchedWorld) => Member } = {},
) {
  // After a ban there is no such member, after a deletion no such message.
  const world = await startWatching(t, {}, { refusals: 'expected' });
  const { discord } = world;
  const { botRole } = discord.scene;
  discord.changeRole(botRole, BigInt(botRole.permissions) | Bits.BanMembers);
  const role = discord.addRole('Helpers', everyone, { position: 2 });
  const presser = discord.join('helper', { roles: [role] });
  const author = options.author?.(world) ?? discord.scene.member;
  const message = discord.post({ member: author, files: [tool()] });
  const [alert = assert.fail('there is no alert')] = await world.alerts();
  return { world, discord, role, presser, author, message, alert };
}
type Started = Awaited<ReturnType<typeof startCase>>;

/** Uses the control of the alert as it is now. */
export function use({ discord, alert, message, presser }: Started, act: CaseAct, member = presser): InteractionHandle {
  const id = customId({ kind: 'case', act, of: message.id });
  return act === 'timeOut' ? discord.select(alert, id, ['day'], member) : discord.press(alert, id, member);
}

/** All that a control may change. */
export function stateOf({ world, discord, message, author, alert }: Started) {
  const { bot, auditLog } = discord.world;
  return {
    isThere: discord.world.messages.has(message.id),
    timedOut: author.communication_disabled_until !== null,
    banned: discord.scene.guild.bans.length,
    acts: auditLog.filter(({ user_id }) => user_id === bot.id).length,
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

/** The alert says who did it; for a time-out what stands before its end. */
export async function performed({ world, presser }: Started, act: CaseAct, member = presser): Promise<void> {
  const [line = ''] = words.did[act](`<@${member.user.id}>`, '\0').split('\0');
  await world.discord.waitFor(() => world.saidIn(world.discord.scene.alerts).some((one) => textOf(one).includes(line)));
}

export const unchanged = { isThere: true, timedOut: false, banned: 0, acts: 0, said: 1 };
export const controls: { act: CaseAct; needs: keyof typeof words.permissions; changes: Partial<typeof unchanged> }[] = [
  { act: 'delete', needs: 'ManageMessages', changes: { isThere: false, acts: 1 } },
  { act: 'timeOut', needs: 'ModerateMembers', changes: { timedOut: true, acts: 1 } },
  { act: 'ban', needs: 'BanMembers', changes: { banned: 1, acts: 1 } },
  // The change of the settings is told in the same channel.
  { act: 'trust', needs: 'ManageGuild', changes: { said: 2 } },
  { act: 'dismiss', needs: 'ManageMessages', changes: {} },
];
