import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { parsePress } from '../../../src/discord/controls/ids.ts';
import { defaultSettings, settingsSchema } from '../../../src/discord/settings/settings.ts';
import { recommend, withDraft } from '../../../src/discord/setup/draft.ts';
import type { Place } from '../../../src/discord/setup/places.ts';
import { renderDone, renderStep } from '../../../src/discord/setup/steps.ts';
import { anyLocale } from '../../locales/anyLocale.ts';
import { foreignText } from '../cards/views.ts';
import { anySettings, snowflake } from '../settings/settingsArbitrary.ts';

const guild = '1'.repeat(18);
const place = (name: string, more: Partial<Place> = {}): Place => ({
  id: name,
  name,
  isPublic: false,
  lacks: [],
  ...more,
});

describe('what set-up recommends', () => {
  const rows: [string, Place[], string | undefined][] = [
    ['no channel where all are public', [place('general', { isPublic: true })], undefined],
    ['no channel in which the bot may not write', [place('staff', { lacks: ['SendMessages'] })], undefined],
    ['the first private channel', [place('general', { isPublic: true }), place('cellar'), place('attic')], 'cellar'],
    ['rather one named for moderators', [place('cellar'), place('mod-log')], 'mod-log'],
  ];
  for (const [what, places, expected] of rows)
    test(`for alerts: ${what}`, () => assert.equal(recommend(guild, defaultSettings, places).alertChannel, expected));

  test('watching everything and asking before uploads, where nothing is set', () => {
    const draft = recommend(guild, defaultSettings, []);
    assert.deepEqual([draft.watch, draft.upload], ['all', 'ask']);
  });

  test('what is set already', () => {
    const settings = { ...defaultSettings, watch: 'some' as const, upload: 'auto' as const, alertChannel: 'x' };
    const draft = recommend(guild, settings, [place('staff')]);
    assert.deepEqual([draft.watch, draft.upload, draft.alertChannel], ['some', 'auto', 'x']);
    assert.deepEqual(withDraft(settings, draft), settings);
  });
});

test('every page fits into what Discord takes, in a server and in private', () => {
  const places = fc.uniqueArray(
    fc.record({
      id: snowflake,
      name: foreignText(100).filter((name) => name.trim() !== ''),
      isPublic: fc.boolean(),
      lacks: fc.constant<Place['lacks']>([]),
    }),
    { maxLength: 40, size: 'max', selector: ({ id }) => id },
  );
  const draft = fc.record({
    guild: fc.constant(guild),
    alertChannel: fc.option(snowflake, { nil: undefined }),
    watch: fc.constantFrom(...settingsSchema.shape.watch.options),
    watchedChannels: fc.uniqueArray(snowflake, { maxLength: 25 }),
    upload: fc.constantFrom(...settingsSchema.shape.upload.unwrap().options),
  });
  const steps = fc.constantFrom('alerts' as const, 'watch' as const, 'upload' as const);
  const capacity = { unknown: 155, mostlyKnown: 340 };
  fc.assert(
    fc.property(
      draft,
      places,
      steps,
      fc.boolean(),
      anySettings,
      anyLocale,
      (chosen, all, step, inPrivate, settings, locale) => {
        const view = { draft: chosen, places: all, capacity, inPrivate };
        for (const page of [renderStep(step, view, locale), renderDone(guild, settings, ['x'], locale)]) {
          const read = messageBody.safeParse(page);
          assert.ok(read.success, JSON.stringify(read.error?.issues));
          for (const { components } of page.components)
            for (const one of components) assert.ok('custom_id' in one && parsePress(one.custom_id));
        }
      },
    ),
  );
});
