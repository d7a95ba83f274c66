import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { movableClock } from '../../../sandbox/clock.ts';
import type { Member, Message, Role } from '../../../sandbox/discord/model.ts';
import { type SandboxDiscord, startDiscord } from '../../../sandbox/discord/server.ts';
import { type CaseAct, type Choice, caseActSchema } from '../../../src/discord/controls/ids.ts';
import { actions } from '../../../src/discord/moderation/actions/registry.ts';
import { carryOut } from '../../../src/discord/moderation/carryOut.ts';
import type { Case } from '../../../src/discord/moderation/case.ts';
import type { CaseRow } from '../../../src/discord/moderation/caseRow.ts';
import { createCases } from '../../../src/discord/moderation/cases.ts';
import { createEnforcer } from '../../../src/discord/moderation/enforcer.ts';
import type { People, Standing } from '../../../src/discord/moderation/people.ts';
import { createSettingsBook } from '../../../src/discord/settings/book.ts';
import { enlist, type ListName } from '../../../src/discord/settings/lists.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';
import { actOf, blank, fileOf, postOf } from './cases.ts';
import { mortalProcess } from './mortal.ts';

/**
 * Every act of the registry, by a process that is killed after each of its steps in turn. Another process resumes on the same
 * rows. Discord is the sandbox's, spoken to over HTTP.
 */

const clock = movableClock();
const sha256 = 'c0ffee'.padEnd(64, '0');
const day = 24 * 60 * 60_000;
let discord: SandboxDiscord;
let cell: Role;

before(async () => {
  discord = await startDiscord({ clock });
  const { botRole } = discord.scene;
  discord.changeRole(botRole, BigInt(botRole.permissions) | Bits.BanMembers | Bits.KickMembers | Bits.ManageRoles);
  cell = discord.addRole('Quarantine', 0n);
});
after(() => discord.close());

interface Affected {
  member: Member;
  message: Message;
}

interface Row {
  choice?: Choice;
  /** What it was before, by somebody else. */
  before?(affected: Affected): void;
  /** The list on which the file is before. */
  listed?: ListName;
  /** How often it happened, and may only happen once. */
  count(affected: Affected): number;
  /** Whether it is so now. */
  isSo(affected: Affected): boolean;
}

const by = ({ action_type }: { action_type: number }, kind: number) => action_type === kind;
/** Entries of the audit log about a member by the bot. */
const logged = (kind: number, { member }: Affected) =>
  discord.world.auditLog.filter(
    (entry) => by(entry, kind) && entry.target_id === member.user.id && entry.user_id === discord.world.bot.id,
  ).length;
const isMember = ({ member }: Affected) => discord.scene.guild.members.includes(member);
const isBanned = ({ member }: Affected) => discord.scene.guild.bans.some(({ user }) => user.id === member.user.id);
const isThere = ({ message }: Affected) => discord.world.messages.has(message.id);
const isConfined = ({ member }: Affected) => member.roles.includes(cell.id);
const isTimedOut = ({ member }: Affected) => member.communication_disabled_until !== null;
const onList = (): Pick<Row, 'count' | 'isSo'> => ({ count: () => 1, isSo: () => true });

const rows: Record<CaseAct, Row> & { purge: Row } = {
  delete: { count: (one) => logged(72, one), isSo: (one) => !isThere(one) },
  timeOut: { choice: 'day', count: (one) => logged(24, one), isSo: isTimedOut },
  quarantine: { count: (one) => logged(25, one), isSo: isConfined },
  kick: { count: (one) => logged(20, one), isSo: (one) => !isMember(one) && !isBanned(one) },
  ban: { count: (one) => logged(22, one), isSo: (one) => isBanned(one) && isThere(one) },
  purge: { choice: 'purge', count: (one) => logged(22, one), isSo: (one) => isBanned(one) && !isThere(one) },
  endTimeOut: {
    before: ({ member }) => discord.timeOut(member, day),
    count: (one) => logged(24, one),
    isSo: (one) => !isTimedOut(one),
  },
  endQuarantine: {
    before: ({ member }) => discord.giveRole(member, cell),
    count: (one) => logged(25, one),
    isSo: (one) => !isConfined(one),
  },
  unban: {
    before: ({ member }) => discord.ban(member),
    count: (one) => logged(23, one),
    isSo: (one) => !isBanned(one),
  },
  trust: onList(),
  block: onList(),
  untrust: { listed: 'trust', ...onList() },
  unblock: { listed: 'block', ...onList() },
  claim: onList(),
  resolve: { choice: 'falseAlarm', ...onList() },
  dismiss: onList(),
};

const plainMember = { joinedAt: 0, manageable: true, administrator: false, moderates: false, owner: false };

/** Members as Discord has them. Whoever presses is above all others. */
const people: People = {
  isIn: () => true,
  may: () => true,
  async member(_, user): Promise<Standing | undefined> {
    const found = discord.scene.guild.members.find((one) => one.user.id === user);
    if (!found) return undefined;
    const { communication_disabled_until: until, roles } = found;
    const rank = user === discord.scene.moderator.user.id ? 9 : 1;
    return { ...plainMember, roles, rank, timedOutUntil: until ? Date.parse(until) : undefined };
  },
};

/** What outlives a process. */
const storage = () => ({
  cases: memoryCollection<CaseRow>(),
  open: memoryCollection<{ id: string; guild: string }>(),
  settings: memoryCollection<Record<string, unknown>>(),
  /** Changes of the settings that were told. */
  changes: 0,
  withdrawn: new Set<string>(),
});
type Storage = ReturnType<typeof storage>;

/** Carries a case out, as far as it lives. Resolves with the steps that it took. */
async function live(id: string, kept: Storage, life?: number): Promise<number> {
  const { mortal, rest, steps } = mortalProcess(discord, life);
  const now = () => clock.now();
  const self = () => discord.world.bot.id;
  const cases = createCases({ records: mortal(kept.cases), open: mortal(kept.open) });
  const settings = createSettingsBook({
    records: mortal(kept.settings),
    changing: async () => {},
    changed() {
      kept.changes += 1;
    },
    damaged: (_, fields) => assert.fail(fields.join()),
  });
  await carryOut(id, {
    cases,
    enforcer: createEnforcer({ rest, people, self, now }),
    people,
    settings,
    replies: { withdraw: async ({ message }) => void kept.withdrawn.add(message) },
    fallback: { async tell() {}, async mended() {} },
    rest,
    self,
    now,
    note() {},
    serverName: () => 'a server',
    languages: { ofServer: async () => 'en-US', ofMember: async () => 'en-US' },
  }).catch((error: unknown) => assert.match(String(error), /killed/));
  return steps();
}

/** One act that a moderator has confirmed, by a process that is killed and one that resumes. Returns the steps of the first. */
async function perform(name: CaseAct | 'purge', life?: number): Promise<number> {
  const kind = name === 'purge' ? 'ban' : name;
  const { choice = 'plain', before: prepare, listed, count, isSo } = rows[name];
  const { guild, files: channel, moderator } = discord.scene;
  const member = discord.join('author');
  const message = discord.post({ member, channel, content: 'look' });
  const affected = { member, message };
  prepare?.(affected);

  const kept = storage();
  const target = { people: member.user.id, messages: message.id, files: sha256, case: '' }[actions[kind].target];
  const pressed = { press: '9', by: moderator.user.id, byName: 'moderator', at: clock.now(), choice };
  const act = actOf(kind, target, { ...pressed, ...(kind === 'timeOut' && { until: clock.now() + day }) });
  const author = { id: member.user.id, name: 'author', kind: 'member' as const };
  const posts = [postOf(message.id, { author, channel: channel.id })];
  const one: Case = { ...blank, id: message.id, guild: guild.id, files: [fileOf('a', sha256)], posts, acts: [act] };
  await kept.cases.set(one.id, { ...one, alert: { state: 'none' } });
  await kept.open.set(one.id, { id: one.id, guild: guild.id });
  const file = { sha256, name: 'a.exe', by: moderator.user.id, at: 0 };
  const chosen = { ...defaultSettings, quarantineRole: cell.id };
  await kept.settings.set(guild.id, listed ? enlist(chosen, listed, file) : chosen);

  const steps = await live(one.id, kept, life);
  if (life !== undefined) await live(one.id, kept);

  const after = (await kept.cases.get(one.id)) ?? assert.fail();
  assert.ok(after.kind === 'case');
  const [{ state, why, already } = act] = after.acts;
  const what = `${name}, killed after ${life} steps`;
  assert.deepEqual({ state, why, already }, { state: 'done', why: undefined, already: undefined }, what);
  assert.deepEqual(await kept.open.all(), [], `${what}: nothing is left to do`);
  assert.equal(count(affected), 1, `${what}: how often it happened`);
  assert.ok(isSo(affected), what);
  assert.deepEqual([...kept.withdrawn], kind === 'delete' ? [message.id] : [], `${what}: the reply`);
  if (actions[kind].target === 'files') await assertListed(kind, kept, what);
  return steps;
}

/** The file is on the one list that it shall be on, and one change at most was told. */
async function assertListed(kind: CaseAct, { settings, changes }: Storage, what: string): Promise<void> {
  const stored = (await settings.get(discord.scene.guild.id)) ?? {};
  const on = (['trust', 'block'] as const).filter((list) => JSON.stringify(stored[list]).includes(sha256));
  assert.deepEqual(on, kind === 'trust' || kind === 'block' ? [kind] : [], what);
  assert.ok(changes <= 1, `${what}: ${changes} changes`);
}

for (const name of [...caseActSchema.options, 'purge' as const]) {
  test(`${name} happens exactly once and is recorded, at whatever step the bot is killed`, async () => {
    const steps = await perform(name);
    assert.ok(steps >= 4, `${steps} steps`);
    for (let life = 0; life <= steps; life += 1) await perform(name, life);
  });
}
