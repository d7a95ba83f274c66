import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { callbackBody } from '../../../sandbox/discord/limits/callbacks.ts';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { parsePress } from '../../../src/discord/controls/ids.ts';
import { changesOf } from '../../../src/discord/settings/changes.ts';
import type { SectionName } from '../../../src/discord/settings/field.ts';
import { allFields, isSection } from '../../../src/discord/settings/fields.ts';
import { addFileForm } from '../../../src/discord/settings/forms.ts';
import type { LoggedChange } from '../../../src/discord/settings/log.ts';
import { renderPanel, renderReset } from '../../../src/discord/settings/panel.ts';
import { defaultSettings, type GuildSettings, readSettings } from '../../../src/discord/settings/settings.ts';
import { type SkippedFile, skipReasonSchema } from '../../../src/discord/settings/skipped.ts';
import type { Standing } from '../../../src/discord/settings/standing.ts';
import { troublesOf } from '../../../src/discord/settings/troubles.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { anyLocale } from '../../locales/anyLocale.ts';
import { foreignText } from '../cards/views.ts';
import { anySettings, snowflake } from './settingsArbitrary.ts';

const sections = Object.keys(enUS.config.sections).filter((name): name is SectionName => isSection(name, enUS));

const skipped: fc.Arbitrary<SkippedFile[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    channel: snowflake,
    name: foreignText(200),
    reason: fc.constantFrom(...skipReasonSchema.options),
  }),
  { maxLength: 20, size: 'max' },
);

const changes: fc.Arbitrary<LoggedChange[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    who: snowflake,
    what: fc.dictionary(foreignText(60), fc.record({ from: fc.anything(), to: fc.anything() })),
  }),
  { maxLength: 20 },
);

const anyKey = fc.record({
  key: fc.option(
    fc.record({
      lastFour: fc.string({ minLength: 4, maxLength: 4 }),
      by: fc.constant('1'.repeat(20)),
      at: fc.nat(2 ** 42),
      limits: fc.record({ perMinute: fc.nat(10_000), perDay: fc.nat(10 ** 12), perMonth: fc.nat(10 ** 12) }),
      isUnchecked: fc.boolean(),
      mayFallBack: fc.boolean(),
      isReadable: fc.boolean(),
    }),
    { nil: undefined },
  ),
  lending: fc.constantFrom('all', 'watching-needs-own', 'off'),
});

/** A server in which the bot may do nothing, with every picked channel in it. */
const powerless = ({ watchedChannels, exemptChannels }: GuildSettings): Standing => ({
  permissions: 0n,
  channels: new Map(
    [...watchedChannels, ...exemptChannels].map((id) => [id, { permissions: 0n, threadsOnly: false, isPublic: true }]),
  ),
  roles: new Map(),
});

test('every section fits into what Discord takes, whatever is set', () => {
  fc.assert(
    fc.property(
      anySettings,
      skipped,
      changes,
      fc.constantFrom(...sections),
      fc.nat(5),
      anyLocale,
      anyKey,
      (settings, files, logged, section, page, locale, key) => {
        const troubles = troublesOf(settings, powerless(settings), false);
        const panel = renderPanel(
          { section, page },
          { settings, skipped: files, troubles, changes: logged, key },
          locale,
        );
        const read = messageBody.safeParse(panel);
        assert.ok(read.success, JSON.stringify(read.error?.issues));
        for (const { components } of panel.components)
          for (const one of components) assert.equal('custom_id' in one && parsePress(one.custom_id)?.kind, 'config');
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(messageBody.safeParse(renderReset(enUS)).success);
  for (const list of ['trust', 'block'] as const)
    assert.ok(callbackBody.safeParse({ type: 9, data: addFileForm(list, enUS) }).success);
});

test('every setting stands in some section with a control of its own', () => {
  const controls = sections.flatMap((section) =>
    renderPanel(
      { section, page: 0 },
      { settings: defaultSettings, skipped: [], troubles: [], changes: [], key: { key: undefined, lending: 'all' } },
      enUS,
    ).components.flatMap(({ components }) =>
      components.flatMap((one) => ('custom_id' in one ? parsePress(one.custom_id) : undefined)),
    ),
  );
  for (const { name } of allFields)
    assert.equal(controls.filter((press) => press?.kind === 'config' && press.of === name).length, 1, name);
});

test('whatever is picked for a setting is what it then reads, and only sound settings come of it', () => {
  const values = fc.oneof(
    fc.uniqueArray(snowflake, { maxLength: 25 }),
    fc.constantFrom('on', 'off', 'all', 'none', '7', 'delete', 'hour', 'hash-only').map((value) => [value]),
  );
  fc.assert(
    fc.property(anySettings, fc.constantFrom(...allFields), values, (settings, field, given) => {
      const written = field.write(settings, given);
      if (!written) return;
      if (field.control === 'words') assert.equal(field.read(written), given[0]?.trim() ?? '');
      else if (field.control === 'several') assert.deepEqual(new Set(field.read(written)), new Set(given));
      else if (field.control !== 'channels' && field.control !== 'roles') {
        assert.deepEqual(readSettings(written).damaged, []);
        assert.equal(field.control === 'switch' ? (field.read(written) ? 'on' : 'off') : field.read(written), given[0]);
      } else assert.deepEqual(field.read(written), given);
      assert.ok(field.name !== 'warn' || written.thresholds.act >= written.thresholds.warn);
      assert.ok(field.name !== 'act' || written.thresholds.act >= written.thresholds.warn);
    }),
  );
});

test('every choice that the panel offers can be chosen, and its words are told as a change', () => {
  for (const field of allFields) {
    if (field.control !== 'choice' && field.control !== 'several') continue;
    for (const { value, label } of field.options(enUS)) {
      const written = field.write(defaultSettings, [value]);
      assert.ok(written, field.name);
      if (field.describe(defaultSettings, enUS) === label) continue;
      const told = changesOf(defaultSettings, written, enUS).join('\n');
      assert.ok(told.includes(`→ ${label}`) && told.includes(field.text(enUS).label), told);
    }
  }
});

test('what is not a value of a setting is refused', () => {
  for (const field of allFields) {
    const many = Array.from({ length: 26 }, (_, index) => `x${index}`);
    if (field.control !== 'words') assert.equal(field.write(defaultSettings, many), undefined);
    else assert.equal(field.write(defaultSettings, ['x'.repeat(field.longest + 1)]), undefined);
    if (field.control === 'choice' || field.control === 'switch') {
      assert.equal(field.write(defaultSettings, []), undefined);
      assert.equal(field.write(defaultSettings, ['constructor']), undefined);
    }
  }
});

test('added and removed files are told with their whole hash, and many of them as numbers', () => {
  const file = (number: number) => ({
    sha256: String(number).padStart(64, '0'),
    name: `${number}.exe`,
    by: '1',
    at: 0,
  });
  const one = { ...defaultSettings, trust: [file(1)] };
  assert.deepEqual(changesOf(defaultSettings, one, enUS), [`**Trusted files**: added \`1.exe\` \`${file(1).sha256}\``]);
  assert.deepEqual(changesOf(one, { ...defaultSettings, block: [file(1)] }, enUS), [
    `**Trusted files**: removed \`1.exe\` \`${file(1).sha256}\``,
    `**Blocked files**: added \`1.exe\` \`${file(1).sha256}\``,
  ]);
  const many = { ...defaultSettings, block: Array.from({ length: 30 }, (_, number) => file(number)) };
  assert.deepEqual(changesOf(many, defaultSettings, enUS), ['**Blocked files**: 0 added, 30 removed']);
});
