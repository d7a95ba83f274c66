import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { type CaseAct, customId } from '../../src/discord/components.ts';
import { enUS } from '../../src/locales/en-US.ts';
import type { InteractionHandle } from '../../src/sandbox/discord/handles.ts';
import type { Channel, Member, Message, Role } from '../../src/sandbox/discord/model.ts';
import { marked } from './calls.ts';
import { forged } from './forged.ts';
import { startWatching, type WatchedWorld } from './watching.ts';
import { says, textOf } from './world.ts';

/** Who may use which control of an alert: the permission is checked at each press, where Discord itself would check it. */

const { alerts: words } = enUS;
const everyone = Bits.ViewChannel | Bits.SendMessages | Bits.ReadMessageHistory;
const every = Object.values(Bits).reduce((sum, bit) => sum | bit, 0n);
const tool = (number = 0) => ({ name: `tool${number}.exe`, content: marked('malicious', number) });

/** One alert about one message, and somebody without any permission who may press. */
async function startCase(
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
function use({ discord, alert, message, presser }: Started, act: CaseAct, member = presser): InteractionHandle {
  const id = customId({ kind: 'case', act, of: message.id });
  return act === 'timeOut' ? discord.select(alert, id, ['day'], member) : discord.press(alert, id, member);
}

/** All that a control may change. */
function stateOf({ world, discord, message, author, alert }: Started) {
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

async function refused(started: Started, handle: InteractionHandle, content: string): Promise<void> {
  const before = stateOf(started);
  assert.equal((await handle.next()).content, content);
  assert.ok(handle.isEphemeral());
  assert.deepEqual(stateOf(started), before);
}

/** The alert says who did it; for a time-out what stands before its end. */
async function performed({ world, presser }: Started, act: CaseAct, member = presser): Promise<void> {
  const [line = ''] = words.did[act](`<@${member.user.id}>`, '\0').split('\0');
  await world.discord.waitFor(() => world.saidIn(world.discord.scene.alerts).some((one) => textOf(one).includes(line)));
}

const unchanged = { isThere: true, timedOut: false, banned: 0, acts: 0, said: 1 };
const controls: { act: CaseAct; needs: keyof typeof words.permissions; changes: Partial<typeof unchanged> }[] = [
  { act: 'delete', needs: 'ManageMessages', changes: { isThere: false, acts: 1 } },
  { act: 'timeOut', needs: 'ModerateMembers', changes: { timedOut: true, acts: 1 } },
  { act: 'ban', needs: 'BanMembers', changes: { banned: 1, acts: 1 } },
  // The change of the settings is told in the same channel.
  { act: 'trust', needs: 'ManageGuild', changes: { said: 2 } },
  { act: 'dismiss', needs: 'ManageMessages', changes: {} },
];

describe('a control of an alert takes exactly one permission', { concurrency: 4 }, () => {
  for (const { act, needs, changes } of controls) {
    test(`${act}: ${needs} alone is enough, and all others together are not`, async (t) => {
      const started = await startCase(t);
      const { world, discord, role } = started;
      const refusal = words.notAllowed(words.permissions[needs]);
      const others = every & ~Bits.Administrator & ~Bits[needs];
      for (const permissions of [everyone, others]) {
        discord.changeRole(role, permissions);
        await refused(started, use(started, act), refusal);
      }
      discord.changeRole(role, everyone | Bits[needs]);
      use(started, act);
      await performed(started, act);
      if (changes.said) await world.alerts(changes.said);
      const { alert: _, ...state } = stateOf(started);
      assert.deepEqual(state, { ...unchanged, ...changes });
    });

    test(`${act}: an administrator needs nothing else`, async (t) => {
      const started = await startCase(t);
      started.discord.changeRole(started.role, everyone | Bits.Administrator);
      use(started, act);
      await performed(started, act);
    });
  }
});

describe('channels change who may delete', { concurrency: 4 }, () => {
  type Overwrites = { allow?: bigint; deny?: bigint };
  interface Row {
    what: string;
    /** In the server. */
    base?: bigint;
    files?: Overwrites;
    alerts?: Overwrites;
    may: { delete: boolean; dismiss: boolean };
  }
  const allow = { allow: Bits.ManageMessages };
  const deny = { deny: Bits.ManageMessages };
  const rows: Row[] = [
    { what: 'allowed beside the file only', files: allow, may: { delete: true, dismiss: false } },
    { what: 'allowed beside the alert only', alerts: allow, may: { delete: false, dismiss: true } },
    { what: 'denied beside the file only', base: deny.deny, files: deny, may: { delete: false, dismiss: true } },
    { what: 'denied beside the alert only', base: deny.deny, alerts: deny, may: { delete: true, dismiss: false } },
    {
      what: "who does not see the file's channel",
      base: deny.deny,
      files: { deny: Bits.ViewChannel },
      may: { delete: false, dismiss: true },
    },
  ];
  for (const { what, base = 0n, may, ...overwrites } of rows) {
    test(what, async (t) => {
      const started = await startCase(t);
      const { discord, role } = started;
      discord.changeRole(role, everyone | base);
      for (const place of ['files', 'alerts'] as const) {
        const bits = overwrites[place];
        if (bits) discord.overwrite(discord.scene[place], role, bits);
      }
      for (const act of ['delete', 'dismiss'] as const) {
        if (may[act]) {
          use(started, act);
          await performed(started, act);
        } else await refused(started, use(started, act), words.notAllowed(words.permissions.ManageMessages));
      }
    });
  }

  test('who is timed out may neither delete nor dismiss', async (t) => {
    const started = await startCase(t);
    const { discord, role, presser } = started;
    discord.changeRole(role, everyone | Bits.ManageMessages);
    discord.timeOut(presser, 60_000);
    for (const act of ['delete', 'dismiss'] as const)
      await refused(started, use(started, act), words.notAllowed(words.permissions.ManageMessages));
  });

  test('copies in two channels take the permission in both', async (t) => {
    const started = await startCase(t);
    const { world, discord, role, author, message } = started;
    const { files, general } = discord.scene;
    const copy = discord.post({ member: author, channel: general, files: [tool()] });
    await world.alerts(1, /Posted 2 times/);
    for (const channel of [files, general]) {
      discord.overwrite(channel, role, allow);
      discord.overwrite(channel === files ? general : files, role, {});
      await refused(started, use(started, 'delete'), words.notAllowed(words.permissions.ManageMessages));
    }
    discord.overwrite(files, role, allow);
    use(started, 'delete');
    await performed(started, 'delete');
    assert.deepEqual(
      [message, copy].map(({ id }) => discord.world.messages.has(id)),
      [false, false],
    );
  });
});

describe('roles decide whom a moderator may time out or ban', { concurrency: 4 }, () => {
  interface Rank {
    what: string;
    author: number | 'owner';
    presser: number | 'owner';
    may: boolean;
  }
  // The role of the bot has position 3.
  const ranks: Rank[] = [
    { what: 'somebody below', author: 1, presser: 2, may: true },
    { what: 'a peer', author: 2, presser: 2, may: false },
    { what: 'somebody above', author: 2, presser: 1, may: false },
    { what: 'the owner', author: 'owner', presser: 2, may: false },
    { what: 'anybody below the bot, for the owner', author: 2, presser: 'owner', may: true },
    { what: 'somebody above the bot, even for the owner', author: 4, presser: 'owner', may: false },
  ];
  for (const act of ['timeOut', 'ban'] as const) {
    for (const { what, author, presser, may } of ranks) {
      test(`${act}: ${what}: ${may ? 'yes' : 'no'}`, async (t) => {
        const person = ({ discord }: WatchedWorld, rank: number | 'owner', name: string, permissions: bigint) => {
          if (rank === 'owner') return discord.scene.owner;
          const role: Role = discord.addRole(name, everyone | permissions, { position: rank });
          return discord.join(name, { roles: [role] });
        };
        const started = await startCase(t, { author: (world) => person(world, author, 'author', Bits.AttachFiles) });
        const by = person(started.world, presser, 'presser', Bits.ModerateMembers | Bits.BanMembers);
        use(started, act, by);
        if (may) await performed(started, act, by);
        else {
          const line = `${words.tried[act](`<@${by.user.id}>`)} ${words.hindrances.outranked}`;
          await started.discord.waitFor(() => stateOf(started).alert.includes(line));
        }
        const { timedOut, banned } = stateOf(started);
        const expected = { timedOut: may && act === 'timeOut', banned: may && act === 'ban' ? 1 : 0 };
        assert.deepEqual({ timedOut, banned }, expected);
      });
    }
  }

  test('who has left can be banned, and not timed out', async (t) => {
    const started = await startCase(t);
    const { discord, author } = started;
    discord.leave(author);
    const { moderator } = discord.scene;
    use(started, 'timeOut', moderator);
    const left = `${words.tried.timeOut(`<@${moderator.user.id}>`)} ${words.hindrances.memberLeft}`;
    await discord.waitFor(() => stateOf(started).alert.includes(left));
    use(started, 'ban', moderator);
    await performed(started, 'ban', moderator);
    assert.equal(stateOf(started).banned, 1);
  });
});

describe('an id that leads to no case of this server does nothing, for whoever may everything', {
  concurrency: 4,
}, () => {
  const acts = controls.map(({ act }) => act);

  test('ids of no case, of a copy, and damaged ones', async (t) => {
    const started = await startCase(t);
    const { world, discord, alert, message, author } = started;
    const { owner } = discord.scene;
    const copy = discord.post({ member: author, files: [tool()] });
    await world.alerts(1, /Posted 2 times/);
    const press = (custom_id: string) => discord.press(forged(discord, alert, custom_id), custom_id, owner);
    const known = discord.world.messages.get(alert.id)?.message ?? assert.fail();
    const unheard = String(BigInt(message.id) - 1n);
    const attempts = [
      ...acts.flatMap((act) => [
        { id: customId({ kind: 'case', act, of: unheard }), refusal: words.unknownCase },
        { id: customId({ kind: 'case', act, of: copy.id }), refusal: words.unknownCase },
        { id: `v1:case:${act}:${message.id.slice(0, 12)}`, refusal: enUS.refusals.outdated },
        { id: `v1:case:${act}:${message.id}:1`, refusal: enUS.refusals.outdated },
        { id: `v1:case:${act}`, refusal: enUS.refusals.outdated },
        { id: `v2:case:${act}:${message.id}`, refusal: enUS.refusals.outdated },
      ]),
      { id: `v1:case:unban:${message.id}`, refusal: enUS.refusals.outdated },
      // A button says no length.
      { id: customId({ kind: 'case', act: 'timeOut', of: message.id }), refusal: words.unknownCase },
    ];
    for (const { id, refusal } of attempts) {
      const handle = press(id);
      assert.equal((await handle.next()).content, refusal, id);
      assert.ok(handle.isEphemeral());
    }
    const stored = discord.world.messages.get(alert.id) ?? assert.fail();
    stored.message = known;
    const { alert: _, ...state } = stateOf(started);
    assert.deepEqual(state, unchanged);
    assert.ok(discord.world.messages.has(copy.id));
  });

  test('a length of time-out that nobody offered', async (t) => {
    const started = await startCase(t);
    const { discord, alert, message } = started;
    const id = customId({ kind: 'case', act: 'timeOut', of: message.id });
    for (const value of ['year', 'constructor', '']) {
      const menu = forged(discord, alert, id, [value]);
      const handle = discord.select(menu, id, [value], discord.scene.owner);
      await refused(started, handle, words.unknownCase);
    }
  });

  test('ids of another server', async (t) => {
    const started = await startCase(t);
    const { discord, message } = started;
    const { lobby, secondGuild, visitor } = discord.scene;
    const file = { name: 'a.txt', content: marked('clean') };
    const invocation = { command: 'vtscan', member: visitor, channel: lobby, options: { file } };
    const reply: Message = await says(discord.invoke(invocation), /No engine flagged/);
    const admin = secondGuild.members.find(({ user }) => user.id === secondGuild.owner_id) ?? assert.fail();
    for (const act of acts) {
      const id = customId({ kind: 'case', act, of: message.id });
      const lengths = act === 'timeOut' ? ['day'] : undefined;
      const there = forged(discord, reply, id, lengths);
      const handle = lengths ? discord.select(there, id, lengths, admin) : discord.press(there, id, admin);
      await refused(started, handle, words.unknownCase);
    }
  });
});

test('an act is done and told once, however many moderators press at the same moment', async (t) => {
  const started = await startCase(t);
  const { discord } = started;
  const { owner, moderator } = discord.scene;
  for (const act of ['delete', 'trust', 'dismiss'] as const) {
    const presses = [use(started, act, owner), use(started, act, moderator), use(started, act, owner)];
    for (const press of presses) await press.answered();
    await performed(started, act, owner);
    const times = [owner, moderator].map(
      ({ user }) => stateOf(started).alert.split(words.did[act](`<@${user.id}>`, '')).length - 1,
    );
    assert.deepEqual(times, [1, 0], act);
  }
});
