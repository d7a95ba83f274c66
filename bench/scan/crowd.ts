import { randomBytes } from 'node:crypto';
import type { Member } from '../../sandbox/discord/model.ts';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';
import { newUser } from '../../sandbox/discord/world.ts';
import { quantile } from './figures.ts';

/** Below what vtscan lets one member have open. */
const eachMember = 25;
/** Discord takes no answer after three seconds, and the sandbox refuses it. Waiting longer tells how many are missing. */
const patienceMs = 15_000;

export interface Acknowledged {
  /** From the first command to the last acknowledgement, in ms. */
  all: number;
  /** From a command to its own acknowledgement, in ms. */
  p95: number;
  /** Commands that Discord showed as failed. */
  failed: number;
}

/** `count` times `/vtscan` at once, by many members, each of a file that nobody has seen. */
export async function flood(discord: SandboxDiscord, count: number, content = ''): Promise<Acknowledged> {
  const members = Array.from({ length: Math.ceil(count / eachMember) }, (_, n) => join(discord, `member ${n}`));
  const acknowledged = new Map<string, { after: number; ok: boolean }>();
  const asked = new Map<string, number>();
  const stop = discord.on((event) => {
    if (event.type !== 'requestAnswered') return;
    const [, id = ''] = /^\/interactions\/(\d+)\/.*\/callback$/.exec(event.path) ?? [];
    const at = asked.get(id);
    if (at !== undefined) acknowledged.set(id, { after: performance.now() - at, ok: event.status < 300 });
  });

  const begin = performance.now();
  for (let n = 0; n < count; n++) {
    const file = { name: `file ${n}.txt`, content: `${content}\n${randomBytes(512).toString('hex')}` };
    const member = members[n % members.length];
    const at = performance.now();
    asked.set(discord.invoke({ command: 'vtscan', options: { file }, member }).id, at);
  }
  await discord.waitFor(() => acknowledged.size === count, patienceMs).catch(() => {});
  const all = performance.now() - begin;
  stop();

  const given = [...acknowledged.values()];
  const failed = count - given.filter(({ ok }) => ok).length;
  return {
    all,
    p95: quantile(
      given.map(({ after }) => after),
      0.95,
    ),
    failed,
  };
}

function join({ world, scene }: SandboxDiscord, name: string): Member {
  const user = newUser(world.newId(), name);
  const member = { ...scene.member, user };
  world.users.set(user.id, user);
  scene.guild.members.push(member);
  return member;
}
