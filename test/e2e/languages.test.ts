import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Message } from '../../sandbox/discord/model.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { type Language, languages, localeOf } from '../../src/locales/languages.ts';
import { ask, confirm } from './alertCase.ts';
import { marked } from './calls.ts';
import { silent, startWatching, storeSettings } from './watching.ts';
import { labelIn, startWorld, textOf, tokensIn } from './world.ts';

/** Who hears what in which language: the whole bot, with people and servers of every language. */

const malicious = { name: 'tool.exe', content: marked('malicious') };
/** A language beside the server's; English as long as there is no other. */
const other: Language = languages.find((one) => one !== 'en-US') ?? 'en-US';
const verdictIn = (language: Language) => localeOf(language).verdicts.malicious.word;
const finished = (handle: InteractionHandle, language: Language) =>
  handle.next((message) => textOf(message).includes(verdictIn(language)) && tokensIn(message).length > 0);
/** A pattern for the words themselves. */
const literally = (words: string) => new RegExp(words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
const has = (message: { content: string; embeds: Message['embeds'] }, words: string) =>
  assert.ok(textOf(message).includes(words), `${words} is not in ${textOf(message)}`);

for (const language of languages) {
  const locale = localeOf(language);

  describe(`a conversation in ${language}`, () => {
    test('of a member: /vtscan, its details, /vtresult, and what goes wrong', async (t) => {
      const world = await startWorld(t);
      const { discord, scan, result } = world;
      discord.changeLanguage(discord.scene.member.user, language);
      const reply = await finished(scan(malicious, { private: true }), language);
      has(reply, locale.verdicts.malicious.advice);
      has(reply, locale.upload.shared);
      const details = labelIn(reply, literally(locale.card.details));
      has(await discord.press(reply, details).next(), locale.report.analysed);
      const [token = ''] = tokensIn(reply);
      const again = await finished(result(token), language);
      assert.notEqual(labelIn(again, literally(locale.forget.button)), '');
      assert.equal((await result('0'.repeat(64)).next()).content, locale.refusals.unknownToken);
      assert.equal((await result('x').next()).content, locale.refusals.notAToken);
    });

    test('of moderators: an alert, its buttons, and the letter to the author', async (t) => {
      const policies = { ...silent.policies, malicious: ['alert' as const, 'delete' as const] };
      const world = await startWatching(t, { ...silent, policies, language });
      const { discord } = world;
      const { member, owner } = discord.scene;
      discord.changeLanguage(owner.user, language);
      const message = discord.post({ files: [malicious] });
      const { acts, toAuthor, noted } = locale.alerts;
      const [alert = assert.fail('there is no alert')] = await world.alerts();
      has(alert, locale.alerts.title.malicious);
      const question = await ask({ discord, alert, message }, 'timeOut', owner).next();
      has(question, acts.timeOut.note);
      assert.notEqual(labelIn(question, literally(locale.alerts.confirm.hour(acts.timeOut.button))), '');
      await confirm({ discord }, question, owner).next(({ content }) => content === noted);
      const letters = () => discord.messagesIn(discord.directChannel(member), member);
      const letter = await discord.waitFor(() => letters().find(({ content }) => content.includes(toAuthor.noAppeal)));
      has(letter, locale.card.token(/[0-9a-f]{64}/.exec(letter.content)?.[0] ?? ''));
      const who = `<@${owner.user.id}>`;
      const until = /<t:\d+:f>/.exec(textOf(await said(locale, who)))?.[0] ?? '';
      has(await said(locale, until), acts.timeOut.did(who, locale.alerts.and([`<@${member.user.id}>`], 0), until, ''));

      async function said({ card }: typeof locale, words: string): Promise<Message> {
        const [shown = assert.fail()] = await world.alerts(1, literally(words));
        has(shown, card.virusTotal);
        return shown;
      }
    });
  });
}

test('a public reply is in the language of the server, and whoever presses reads their own', async (t) => {
  const world = await startWorld(t);
  const { discord, scan } = world;
  const { guild, member, moderator } = discord.scene;
  discord.changeServer(guild, { preferred_locale: other });
  discord.changeLanguage(moderator.user, other);
  const reply = await finished(scan(malicious, { member }), other);
  const press = (who: typeof member) =>
    discord.press(reply, labelIn(reply, literally(localeOf(other).card.details)), who);
  has(await press(member).next(), verdictIn('en-US'));
  has(await press(moderator).next(), verdictIn(other));
  assert.equal(textOf(discord.world.messages.get(reply.id)?.message ?? reply), textOf(reply));
});

test('a language that Discord has and the bot has not reads English', async (t) => {
  const { discord, scan } = await startWorld(t);
  discord.changeLanguage(discord.scene.member.user, 'fr');
  discord.changeServer(discord.scene.guild, { preferred_locale: 'fr' });
  await finished(scan(malicious), 'en-US');
  await finished(scan(malicious, { private: true }), 'en-US');
});

test('a reply is edited in the language in which it was begun, also after a restart', async (t) => {
  const world = await startWorld(t, { virusTotal: { analysisTime: () => 60_000 } });
  const { discord, scan } = world;
  discord.changeServer(discord.scene.guild, { preferred_locale: other });
  const handle = scan(malicious);
  await handle.next((message) => textOf(message).includes(localeOf(other).activity.analysing));
  discord.changeServer(discord.scene.guild, { preferred_locale: 'en-US' });
  await world.restart();
  world.jump(60_000);
  await finished(handle, other);
});

test('a setting of the server goes before what its owner has told Discord', async (t) => {
  const world = await startWorld(t, { asleep: true });
  const { discord, scan } = world;
  await storeSettings(world.dataDir, discord.scene.guild.id, { language: other });
  await world.start();
  await finished(scan(malicious), other);
});

test('a letter is in the language that its reader last used, which survives a restart', async (t) => {
  const policies = { ...silent.policies, malicious: ['alert' as const, 'delete' as const] };
  const world = await startWatching(t, { ...silent, policies });
  const { discord } = world;
  const { member } = discord.scene;
  discord.changeLanguage(member.user, other);
  await world.result('0'.repeat(64)).next();
  await world.restart();
  discord.post({ files: [malicious] });
  const letters = () => discord.messagesIn(discord.directChannel(member), member);
  const { noAppeal } = localeOf(other).alerts.toAuthor;
  await discord.waitFor(() => letters().some(({ content }) => content.includes(noAppeal)));
  const [alert = assert.fail()] = await world.alerts();
  has(alert, enUS.alerts.title.malicious);
});
