import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { quotaCard, sparkline } from '../../../src/discord/cards/quota.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import type { Overview } from '../../../src/scan/ports.ts';
import { anyLocale } from '../../locales/anyLocale.ts';

const midnight = Date.UTC(2026, 2, 11);
const usual: Overview = {
  minute: { used: 1, allowed: 4, resetsAt: midnight - 1 },
  day: { used: 100, allowed: 500, resetsAt: midnight },
  month: { used: 15_500, allowed: 15_500, resetsAt: Date.UTC(2026, 3, 1) },
  key: 'accepted',
  waiting: { interactive: 2, automatic: 7 },
  today: { calls: 45, verdicts: 18, lookUps: 20, known: 15 },
  hours: Array.from({ length: 24 }, (_, hour) => hour),
};

const capacity = { unknown: 155, mostlyKnown: 340 };
const linesOf = (overview: Overview, everywhere = false) =>
  (quotaCard(overview, everywhere, capacity, enUS).description ?? '').split('\n');
const lineAbout = (what: string, overview: Overview, everywhere?: boolean) =>
  linesOf(overview, everywhere).find((line) => line.startsWith(`**${what}**`)) ?? '';

const count = fc.nat(1_000_000);
const gauge = fc.record({ used: count, allowed: count, resetsAt: fc.nat(4_102_444_800_000) });
const overviews: fc.Arbitrary<Overview> = fc.record({
  minute: gauge,
  day: gauge,
  month: gauge,
  key: fc.constantFrom('accepted' as const, 'refused' as const),
  waiting: fc.record({ interactive: count, automatic: count }),
  today: fc.record({ calls: count, verdicts: count, lookUps: count, known: count }),
  hours: fc.array(count, { minLength: 24, maxLength: 24 }),
});

describe('the card of the quota', () => {
  test('has a bar for minute, day and month, as full as the share that is used', () => {
    assert.equal(lineAbout('This minute', usual), '**This minute** ▰▰▰▱▱▱▱▱▱▱ 1/4 used, 3 left');
    assert.match(lineAbout('Today', usual), /▰▰▱▱▱▱▱▱▱▱ 100\/500 used, 400 left/);
    assert.match(lineAbout('This month', usual), /▰{10} 15,500\/15,500 used, 0 left/);
  });

  test("gives the resets in the reader's own clock", () => {
    assert.ok(lineAbout('Today', usual).endsWith(`resets <t:${midnight / 1000}:R>`));
    assert.ok(lineAbout('This month', usual).endsWith(`resets <t:${Date.UTC(2026, 3, 1) / 1000}:d>`));
  });

  test('says whose files wait', () => {
    assert.equal(lineAbout('Waiting', usual), '**Waiting** 2 asked for, 7 watched here');
    assert.equal(lineAbout('Waiting', usual, true), '**Waiting** 2 asked for, 7 watched everywhere');
  });

  test('counts verdicts, known files and what each verdict cost, as far as there are any', () => {
    const known = '75% of the files were known';
    assert.equal(lineAbout('Verdicts today', usual), `**Verdicts today** 18 · ${known} · 2.5 requests each`);
    const none = { calls: 3, verdicts: 0, lookUps: 0, known: 0 };
    assert.equal(lineAbout('Verdicts today', { ...usual, today: none }), '**Verdicts today** 0');
  });

  test('begins with the key when that is refused, and with whom to tell', () => {
    assert.match(linesOf({ ...usual, key: 'refused' })[0] ?? '', /refuses the API key\. Tell whoever runs this bot/);
    assert.match(linesOf(usual)[0] ?? '', /This minute/);
  });

  test('shows a key that is over its limit, or has none, as full with nothing left', () => {
    for (const day of [
      { ...usual.day, used: 600 },
      { ...usual.day, used: 0, allowed: 0 },
    ])
      assert.match(lineAbout('Today', { ...usual, day }), /▰{10} \d+\/\d+ used, 0 left/);
  });

  test('is whole and within the limits of Discord whatever the figures are', () => {
    fc.assert(
      fc.property(overviews, fc.boolean(), anyLocale, (overview, everywhere, locale) => {
        const card = quotaCard(overview, everywhere, capacity, locale);
        assert.equal(messageBody.safeParse({ embeds: [card] }).error?.message, undefined);
        assert.doesNotMatch(card.description ?? '', /NaN|undefined|Infinity|-\d/);
        assert.equal(card.description?.match(/[▰▱]{10}/g)?.length, 3);
      }),
    );
  });
});

describe('the last hours', () => {
  test('are one mark each, the busiest one the highest', () => {
    assert.equal(sparkline([0, 1, 2, 3, 4, 5, 6, 7]), '▁▂▃▄▅▆▇█');
    assert.equal(sparkline([0, 0, 500, 250]), '▁▁█▅');
  });

  test('without any call are flat', () => {
    assert.equal(sparkline(Array<number>(24).fill(0)), '▁'.repeat(24));
  });
});
