import fc from 'fast-check';
import { policyStepSchema } from '../../../src/discord/settings/policies.ts';
import { type GuildSettings, settingsSchema, type timeOutLengths } from '../../../src/discord/settings/settings.ts';
import { foreignText, token } from '../cards/views.ts';

export const snowflake = fc.bigInt({ min: 10n ** 18n, max: 10n ** 20n - 1n }).map(String);

const ids = fc.uniqueArray(snowflake, { maxLength: 25, size: 'max' });
const engines = fc.integer({ min: 1, max: 100 });
const { shape } = settingsSchema;
const steps = fc.subarray([...policyStepSchema.options]);

export const listedFile = fc.record({
  sha256: token.map(String),
  name: foreignText(100),
  by: snowflake,
  at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
});

const list = fc.uniqueArray(listedFile, { maxLength: 30, selector: ({ sha256 }) => sha256 });

/** Settings as a server may have them, up to all that fits. */
export const anySettings: fc.Arbitrary<GuildSettings> = fc.record({
  watch: fc.constantFrom(...shape.watch.options),
  watchedChannels: ids,
  exemptRoles: ids,
  exemptChannels: ids,
  exemptBots: fc.boolean(),
  exemptWebhooks: fc.boolean(),
  scope: fc.constantFrom(...shape.scope.options),
  links: fc.boolean(),
  noise: fc.constantFrom(...shape.noise.options),
  markScanning: fc.boolean(),
  upload: fc.option(fc.constantFrom(...shape.upload.unwrap().options), { nil: undefined }),
  thresholds: fc.record({ warn: engines, act: engines }),
  policies: fc.record({
    malicious: steps,
    suspicious: steps,
    unwanted: steps,
    misleading: steps,
    locked: steps,
    failed: steps,
    hijacked: steps,
  }),
  newAccountDays: fc.constantFrom(0, 1, 7, 30),
  timeOut: fc.constantFrom(...shape.timeOut.options),
  alertChannel: fc.option(snowflake, { nil: undefined }),
  pingRole: fc.option(snowflake, { nil: undefined }),
  moderatorRole: fc.option(snowflake, { nil: undefined }),
  digest: fc.constantFrom(...shape.digest.options),
  quarantineRole: fc.option(snowflake, { nil: undefined }),
  language: fc.constantFrom(...settingsSchema.shape.language.options),
  appeal: foreignText(200),
  privateByDefault: fc.boolean(),
  tellAuthor: fc.boolean(),
  trust: list,
  block: list,
}) satisfies fc.Arbitrary<GuildSettings & { timeOut: keyof typeof timeOutLengths }>;
