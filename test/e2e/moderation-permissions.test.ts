import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Member, Role } from '../../sandbox/discord/model.ts';
import type { CaseAct } from '../../src/discord/controls/ids.ts';
import { actions } from '../../src/discord/moderation/actions/registry.ts';
import { enUS } from '../../src/locales/en-US.ts';
import {
  alertSays,
  ask,
  confirm,
  controls,
  lineOf,
  nextCase,
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

const refusal = (needs: keyof typeof enUS.permissions, role?: Role) =>
  words.notAllowed(enUS.permissions[needs], role && `<@&${role.id}>`);

test('a control of an alert takes exactly one permission, or the moderator role where that is enough', async (t) => {
  const first = await startCase(t, { moderatorRole: true });
  const { world, discord, role, moderators, presser } = first;
  for (const [number, { act, needs, byRole, changes }] of controls.entries()) {
    await t.test(`${act}: ${needs}${byRole ? ' or the role' : ''}`, async () => {
      const started = await nextCase(first, number + 1);
      const no = refusal(needs, byRole ? moderators : undefined);
      await refused(started, ask(started, act, started.author), no);
      for (const permissions of [everyone, allBut(Bits[needs])]) {
        discord.changeRole(role, permissions);
        await refused(started, ask(started, act, presser), no);
      }

      const before = stateOf(started);
      discord.changeRole(role, everyone | Bits[needs]);
      if (actions[act].choices) {
        const question = await ask(started, act, presser).next();
        discord.changeRole(role, everyone);
        // The permission is checked again when the question is answered.
        await refused(started, confirm(started, question, presser), no);
        discord.giveRole(presser, moderators);
        if (!byRole) {
          await refused(started, ask(started, act, presser), no);
          discord.changeRole(role, everyone | Bits[needs]);
        }
      }
      await use(started, act);
      await performed(started, act, presser);
      discord.takeRole(presser, moderators);
      if (changes.said) await world.alerts(before.said + changes.said);
      if (changes.letters) await alertSays(started, words.acts.tellAuthor.did(undefined, '', '', ''));
      const { alert: _, ...after } = stateOf(started);
      const { acts, letters, banned, said } = before;
      const counted = { acts, letters, banned, said };
      const expected = { ...unchanged, ...counted, ...changed(changes, counted) };
      assert.deepEqual(after, expected);
    });
  }
});

test('trust and each undo take exactly one permission, or the moderator role where that is enough', async (t) => {
  const rows: [act: CaseAct, needs: keyof typeof enUS.permissions, byRole: boolean, undone?: CaseAct][] = [
    ['trust', 'ManageGuild', false],
    ['untrust', 'ManageGuild', false, 'trust'],
    ['unblock', 'ManageGuild', false, 'block'],
    ['unban', 'BanMembers', false, 'ban'],
    ['endTimeOut', 'ModerateMembers', true, 'timeOut'],
    ['endQuarantine', 'ManageRoles', true, 'quarantine'],
  ];
  const first = await startCase(t, { moderatorRole: true });
  const { discord, role, moderators, presser } = first;
  const { owner } = discord.scene;
  for (const [number, [act, needs, byRole, undone]] of rows.entries()) {
    await t.test(`${act}: ${needs}${byRole ? ' or the role' : ''}`, async () => {
      const started = await nextCase(first, number + 1);
      if (undone) {
        const answer = confirm(started, await ask(started, undone, owner).next(), owner);
        // Trusting what many families call malware is confirmed twice.
        if (undone === 'trust') confirm(started, await answer.next(), owner);
        await performed(started, undone, owner);
      }
      const no = refusal(needs, byRole ? moderators : undefined);
      discord.changeRole(role, allBut(Bits[needs]));
      await refused(started, ask(started, act, presser), no);
      discord.giveRole(presser, moderators);
      const byModerator = await ask(started, act, presser).next();
      assert.equal(byModerator.content === no, !byRole);
      discord.takeRole(presser, moderators);
      discord.changeRole(role, everyone | Bits[needs]);
      const asked = await ask(started, act, presser).next();
      assert.ok(JSON.stringify(asked.components).includes(`:sure:${act}:`), asked.content);
    });
  }
});

test('an administrator needs nothing else', async (t) => {
  const started = await startCase(t);
  started.discord.changeRole(started.role, everyone | Bits.Administrator);
  for (const act of ['claim', 'block', 'delete', 'ban'] as const) {
    await use(started, act);
    await performed(started, act, started.presser);
  }
});

type Counted = Record<'acts' | 'letters' | 'banned' | 'said', number>;

/** What an act changes, where so much was counted before. */
const changed = (
  { acts = 0, letters = 0, banned = 0, said = 0, ...flags }: Partial<typeof unchanged>,
  before: Counted,
) => ({
  ...flags,
  acts: before.acts + acts,
  letters: before.letters + letters,
  banned: before.banned + banned,
  said: before.said + said,
});

test('channels change who may delete', async (t) => {
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
  const first = await startCase(t, { copies: true });
  const { world, discord, role, presser } = first;
  for (const [number, { what, base = 0n, may, ...overwrites }] of rows.entries()) {
    await t.test(what, async () => {
      const started = await nextCase(first, number + 1);
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
      for (const place of ['files', 'alerts'] as const) discord.overwrite(discord.scene[place], role, {});
    });
  }

  await t.test(
    'of copies in two channels only those are offered that the moderator may delete, and the question says so',
    async () => {
      const started = await nextCase(first, 10);
      const { author, message } = started;
      const { files, general } = discord.scene;
      discord.changeRole(role, everyone);
      const copy = discord.post({ member: author, channel: general, files: [tool(10)] });
      await world.alerts(1, new RegExp(`Posted 2 times[\\s\\S]*${message.id}`));
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
      discord.overwrite(files, role, {});
    },
  );

  await t.test('who is timed out may neither delete nor dismiss, not even with the moderator role', async () => {
    const started = await nextCase(first, 11);
    discord.changeRole(role, everyone | Bits.ManageMessages);
    discord.timeOut(presser, 60_000);
    for (const act of ['delete', 'dismiss'] as const)
      await refused(started, ask(started, act, presser), refusal('ManageMessages'));
    await world.stop();
    await storeSettings(world.dataDir, discord.scene.guild.id, { moderatorRole: role.id });
    await world.start();
    for (const act of ['delete', 'dismiss'] as const)
      await refused(started, ask(started, act, presser), refusal('ManageMessages', role));
    discord.timeOut(presser, 0);
  });

  await t.test(
    'a channel that is gone is refused: the permission beside the alert does not stand in for it',
    async () => {
      const started = await nextCase(first, 12);
      discord.removeChannel(discord.scene.files);
      await refused(started, ask(started, 'delete', presser), refusal('ManageMessages', role));
    },
  );
});

describe('roles decide whom a moderator may act upon', { concurrency: 4 }, () => {
  // The table of all ranks stands with the rule itself. Here the ranks come from Discord's roles, of which the bot's has position 3.
  const peer = ({ discord }: WatchedWorld) => {
    const { guild, moderator } = discord.scene;
    return discord.join('peer', { roles: guild.roles.filter(({ id }) => moderator.roles.includes(id)) });
  };
  const above = ({ discord }: WatchedWorld) =>
    discord.join('above', { roles: [discord.addRole('above', everyone | Bits.AttachFiles, { position: 4 })] });
  const rows: { what: string; author: (world: WatchedWorld) => Member; act: CaseAct; by: 'moderator' | 'owner' }[] = [
    { what: 'a peer', author: peer, act: 'ban', by: 'moderator' },
    { what: 'somebody above the bot, even for the owner', author: above, act: 'quarantine', by: 'owner' },
  ];
  for (const { what, author, act, by } of rows) {
    test(`${act}: not ${what}`, async (t) => {
      const started = await startCase(t, { author });
      const { discord } = started;
      await use(started, act, discord.scene[by]);
      await alertSays(started, words.hindrances.outranked);
      const asked = discord.requests.filter(({ path }) => /\/(members|bans)\/\d+/.test(path));
      assert.deepEqual(
        asked.filter(({ method }) => method !== 'GET'),
        [],
        'Discord is not asked for what it would refuse',
      );
      assert.equal(stateOf(started).letters, 0, 'nobody is told of what does not happen');
    });
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
