import assert from 'node:assert/strict';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Member, Message } from '../../sandbox/discord/model.ts';
import { marked } from './calls.ts';
import { says, type World } from './world.ts';

export const everyone = Bits.ViewChannel | Bits.SendMessages | Bits.ReadMessageHistory | Bits.UseApplicationCommands;
const every = Object.values(Bits).reduce((sum, bit) => sum | bit, 0n);
export const allBut = (bit: bigint) => every & ~Bits.Administrator & ~bit;

export async function refused(handle: InteractionHandle, content: string): Promise<void> {
  assert.equal((await handle.next()).content, content);
  assert.ok(handle.isEphemeral());
}

/** Somebody with exactly these permissions. */
export function somebody({ discord }: World, permissions = everyone) {
  const role = discord.addRole('Helpers', permissions);
  return { role, member: discord.join('helper', { roles: [role] }) };
}

/** Who runs the second server, with a reply of the bot there. */
export async function elsewhere({ discord }: World): Promise<{ admin: Member; reply: Message }> {
  const { lobby: channel, secondGuild, visitor: member } = discord.scene;
  const file = { name: 'a.txt', content: marked('clean', 9) };
  const reply = await says(
    discord.invoke({ command: 'vtscan', member, channel, options: { file } }),
    /No engine flagged/,
  );
  const admin = secondGuild.members.find(({ user }) => user.id === secondGuild.owner_id) ?? assert.fail();
  return { admin, reply };
}
