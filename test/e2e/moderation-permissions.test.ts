import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Role } from '../../sandbox/discord/model.ts';
import { controls, performed, refused, startCase, stateOf, tool, unchanged, use, words } from './alertCase.ts';
import { allBut, everyone } from './people.ts';
import type { WatchedWorld } from './watching.ts';

/** Who may use which control of an alert: the permission is checked at each press, where Discord itself would check it. */

describe('a control of an alert takes exactly one permission', { concurrency: 4 }, () => {
  for (const { act, needs, changes } of controls) {
    test(`${act}: ${needs} alone is enough, and all others together are not`, async (t) => {
      const started = await startCase(t);
      const { world, discord, role } = started;
      const refusal = words.notAllowed(words.permissions[needs]);
      const others = allBut(Bits[needs]);
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
  // The role of the bot has position 3, that of the scene's moderators 2.
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
        // One role a position: of two roles at the same position Discord takes the older for the higher.
        const roles = new Map<number, Role>();
        const person = ({ discord }: WatchedWorld, rank: number | 'owner', name: string) => {
          if (rank === 'owner') return discord.scene.owner;
          const permissions = everyone | Bits.AttachFiles | Bits.ModerateMembers | Bits.BanMembers;
          const role = roles.get(rank) ?? discord.addRole(`rank ${rank}`, permissions, { position: rank });
          roles.set(rank, role);
          return discord.join(name, { roles: [role] });
        };
        const started = await startCase(t, { author: (world) => person(world, author, 'author') });
        const by = person(started.world, presser, 'presser');
        use(started, act, by);
        if (may) await performed(started, act, by);
        else {
          const line = `${words.tried[act](`<@${by.user.id}>`)} ${words.hindrances.outranked}`;
          await started.discord.waitFor(() => stateOf(started).alert.includes(line));
          const asked = started.discord.requests.filter(({ path }) => /\/(members|bans)\/\d+$/.test(path));
          assert.deepEqual(
            asked.filter(({ method }) => method !== 'GET'),
            [],
            'Discord is not asked for what it would refuse',
          );
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

test('an act is done and told once, however many moderators press at the same moment', async (t) => {
  const started = await startCase(t);
  const { discord } = started;
  const { owner, moderator } = discord.scene;
  for (const act of ['delete', 'trust', 'dismiss'] as const) {
    const presses = [owner, moderator, owner].map((member) => use(started, act, member));
    // Discord's answers to them may arrive in any order.
    await Promise.any([owner, moderator].map((member) => performed(started, act, member)));
    for (const press of presses) await press.answered();
    const told = [owner, moderator].map(({ user }) => words.did[act](`<@${user.id}>`, ''));
    const times = told.map((line) => stateOf(started).alert.split(line).length - 1);
    assert.deepEqual(times.toSorted(), [0, 1], act);
  }
});
