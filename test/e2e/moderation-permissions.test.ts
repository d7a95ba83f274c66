import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Role } from '../../sandbox/discord/model.ts';
import {
  alertSays,
  ask,
  confirm,
  controls,
  lineOf,
  performed,
  refused,
  startCase,
  stateOf,
  tool,
  unchanged,
  use,
  words,
} from './alertCase.ts';
import { forged } from './forged.ts';
import { allBut, everyone } from './people.ts';
import { storeSettings, type WatchedWorld } from './watching.ts';

/** Who may use which control of an alert: the permission is checked at each press, where Discord itself would check it. */

const refusal = (needs: keyof typeof words.permissions, role?: Role) =>
  words.notAllowed(words.permissions[needs], role && `<@&${role.id}>`);

describe('a control of an alert takes exactly one permission', { concurrency: 4 }, () => {
  for (const { act, needs, changes } of controls) {
    test(`${act}: ${needs} alone is enough, and all others together are not, for the author neither`, async (t) => {
      const started = await startCase(t);
      const { world, discord, role, presser, author } = started;
      await refused(started, ask(started, act, author), refusal(needs));
      const others = allBut(Bits[needs]);
      for (const permissions of [everyone, others]) {
        discord.changeRole(role, permissions);
        await refused(started, ask(started, act, presser), refusal(needs));
      }
      discord.changeRole(role, everyone | Bits[needs]);
      await use(started, act);
      await performed(started, act, presser);
      if (changes.said) await world.alerts(changes.said);
      if (changes.letters) await alertSays(started, words.acts.tellAuthor.did(undefined, '', '', ''));
      const { alert: _, ...state } = stateOf(started);
      assert.deepEqual(state, { ...unchanged, ...changes });
    });

    test(`${act}: whoever loses the permission between question and answer is refused`, async (t) => {
      const started = await startCase(t);
      const { discord, role, presser } = started;
      discord.changeRole(role, everyone | Bits[needs]);
      const handle = ask(started, act, presser);
      const question = await handle.next();
      if (question.content === words.noted) return;
      discord.changeRole(role, everyone);
      await refused(started, confirm(started, question, presser), refusal(needs));
    });

    test(`${act}: an administrator needs nothing else`, async (t) => {
      const started = await startCase(t);
      started.discord.changeRole(started.role, everyone | Bits.Administrator);
      await use(started, act);
      await performed(started, act, started.presser);
    });
  }
});

describe('the moderator role of the server', { concurrency: 4 }, () => {
  for (const { act, needs, byRole, changes } of controls) {
    test(`${byRole ? 'is enough to' : 'is not enough to'} ${act}`, async (t) => {
      const started = await startCase(t);
      const { world, role, presser, discord } = started;
      await world.stop();
      await storeSettings(world.dataDir, discord.scene.guild.id, { moderatorRole: role.id });
      await world.start();
      if (!byRole) return refused(started, ask(started, act, presser), refusal(needs));
      await use(started, act);
      await performed(started, act, presser);
      if (changes.letters) await alertSays(started, words.acts.tellAuthor.did(undefined, '', '', ''));
      const { alert: _, ...state } = stateOf(started);
      assert.deepEqual(state, { ...unchanged, ...changes });
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
      const { discord, role, presser } = started;
      discord.changeRole(role, everyone | base);
      for (const place of ['files', 'alerts'] as const) {
        const bits = overwrites[place];
        if (bits) discord.overwrite(discord.scene[place], role, bits);
      }
      for (const act of ['delete', 'dismiss'] as const) {
        if (may[act]) {
          await use(started, act);
          await performed(started, act, presser);
        } else await refused(started, ask(started, act, presser), refusal('ManageMessages'));
      }
    });
  }

  test('who is timed out may neither delete nor dismiss, not even with the moderator role', async (t) => {
    const started = await startCase(t);
    const { world, discord, role, presser } = started;
    discord.changeRole(role, everyone | Bits.ManageMessages);
    discord.timeOut(presser, 60_000);
    for (const act of ['delete', 'dismiss'] as const)
      await refused(started, ask(started, act, presser), refusal('ManageMessages'));
    await world.stop();
    await storeSettings(world.dataDir, discord.scene.guild.id, { moderatorRole: role.id });
    await world.start();
    for (const act of ['delete', 'dismiss'] as const)
      await refused(started, ask(started, act, presser), refusal('ManageMessages', role));
  });

  test('a channel that is gone is refused: the permission beside the alert does not stand in for it', async (t) => {
    const started = await startCase(t);
    const { discord, role, presser } = started;
    discord.changeRole(role, everyone | Bits.ManageMessages);
    discord.removeChannel(discord.scene.files);
    await refused(started, ask(started, 'delete', presser), refusal('ManageMessages'));
  });

  test('of copies in two channels only those are offered that the moderator may delete, and the question says so', async (t) => {
    const started = await startCase(t, { copies: true });
    const { world, discord, role, presser, author, message } = started;
    const { files, general } = discord.scene;
    const copy = discord.post({ member: author, channel: general, files: [tool()] });
    await world.alerts(1, /Posted 2 times/);
    const there = () => [message, copy].map(({ id }) => discord.world.messages.has(id));
    discord.overwrite(general, role, allow);
    const question = await ask(started, 'delete', presser).next();
    assert.ok(question.content.includes(`<#${general.id}>`) && !question.content.includes(`<#${files.id}>`));
    assert.ok(question.content.includes(words.elsewhere(1)));
    confirm(started, question, presser);
    await discord.waitFor(() => !discord.world.messages.has(copy.id));
    assert.deepEqual(there(), [true, false]);

    discord.overwrite(files, role, allow);
    await use(started, 'delete');
    await discord.waitFor(() => !discord.world.messages.has(message.id));
  });
});

describe('roles decide whom a moderator may act upon', { concurrency: 4 }, () => {
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
  const changed = { timeOut: 'timedOut', kick: 'isMember', ban: 'banned', quarantine: 'quarantined' } as const;
  // Whoever is below is the same for all of them: two acts try each rank, the others one.
  const tried = { timeOut: ranks, ban: ranks, kick: ranks.slice(1, 2), quarantine: ranks.slice(1, 2) };
  for (const act of ['timeOut', 'kick', 'ban', 'quarantine'] as const) {
    for (const { what, author, presser, may } of tried[act]) {
      test(`${act}: ${what}: ${may ? 'yes' : 'no'}`, async (t) => {
        // One role a position: of two roles at the same position Discord takes the older for the higher.
        const roles = new Map<number, Role>();
        const person = ({ discord }: WatchedWorld, rank: number | 'owner', name: string) => {
          if (rank === 'owner') return discord.scene.owner;
          const needed = Bits.ModerateMembers | Bits.KickMembers | Bits.BanMembers | Bits.ManageRoles;
          const role =
            roles.get(rank) ??
            discord.addRole(`rank ${rank}`, everyone | Bits.AttachFiles | needed, { position: rank });
          roles.set(rank, role);
          return discord.join(name, { roles: [role] });
        };
        const started = await startCase(t, { author: (world) => person(world, author, 'author') });
        const by = person(started.world, presser, 'presser');
        const before = stateOf(started)[changed[act]];
        await use(started, act, by);
        if (may) await performed(started, act, by);
        else {
          await alertSays(started, words.hindrances.outranked);
          const asked = started.discord.requests.filter(({ path }) => /\/(members|bans)\/\d+/.test(path));
          assert.deepEqual(
            asked.filter(({ method }) => method !== 'GET'),
            [],
            'Discord is not asked for what it would refuse',
          );
          assert.equal(stateOf(started).letters, 0, 'nobody is told of what does not happen');
        }
        assert.equal(stateOf(started)[changed[act]] !== before, may);
      });
    }
  }

  test('who has left can be banned, and not timed out', async (t) => {
    const started = await startCase(t);
    const { discord, author } = started;
    discord.leave(author);
    const { moderator } = discord.scene;
    await use(started, 'timeOut', moderator);
    await alertSays(started, words.hindrances.memberLeft);
    await use(started, 'ban', moderator);
    await performed(started, 'ban', moderator);
    assert.equal(stateOf(started).banned, 1);
  });

  test('a moderator who is removed before the act begins has no say any more', async (t) => {
    const started = await startCase(t);
    const { world, discord, presser, role } = started;
    discord.changeRole(role, everyone | Bits.ManageMessages);
    const question = await ask(started, 'delete', presser).next();
    discord.fail({ method: 'GET', path: /\/members\/\d+$/, status: 503, times: 1e6 });
    await confirm(started, question, presser).next(({ content }) => content === words.noted);
    discord.leave(presser);
    discord.calm();
    await alertSays(started, words.hindrances.presserLeft);
    assert.ok(stateOf(started).isThere);
    assert.equal(world.saidIn(discord.scene.alerts).length, 1);
  });
});

test('a question that was answered, or asked in another state, is answered no second time', async (t) => {
  const started = await startCase(t);
  const { discord } = started;
  const { owner } = discord.scene;
  for (const act of ['timeOut', 'quarantine', 'block'] as const) {
    const question = await ask(started, act, owner).next();
    confirm(started, question, owner);
    await performed(started, act, owner);
    const done = stateOf(started).acts;
    // Discord lets nobody press what is gone from the screen; somebody who kept the request can.
    const [again] = question.components.flatMap(({ components }) => components).filter(({ type }) => type === 2);
    const id = again?.custom_id ?? assert.fail();
    const answer = await discord.press(forged(discord, started.alert, id), id, owner).next();
    assert.ok(
      [words.nothingLeft, words.changed].some((start) => answer.content.startsWith(start)),
      answer.content,
    );
    assert.equal(stateOf(started).acts, done, act);
  }
});

test('an act is done and told once, however many moderators press at the same moment', async (t) => {
  const started = await startCase(t);
  const { discord } = started;
  const { owner, moderator } = discord.scene;
  const people = [owner, moderator, owner];
  for (const act of ['delete', 'ban', 'resolve'] as const) {
    const questions = await Promise.all(people.map((member) => ask(started, act, member).next()));
    const answers = people.map((member, at) => confirm(started, questions[at] ?? assert.fail(), member));
    const said = await Promise.all(answers.map(async (answer) => (await answer.next()).content));
    assert.equal(said.filter((content) => content === words.noted).length, 1, said.join('\n'));
    await Promise.any([owner, moderator].map((member) => performed(started, act, member)));
    const times = [owner, moderator].map((member) => stateOf(started).alert.split(lineOf(act, member)).length - 1);
    assert.deepEqual(times.toSorted(), [0, 1], act);
  }
});
