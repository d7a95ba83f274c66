import type { Locale } from '../../locales/en-US.ts';
import { localeOf } from '../../locales/languages.ts';
import { channels, choice, type Field, onOff, roles, type SectionName, several, words } from './field.ts';
import { type PolicyCase, type PolicyStep, policyStepSchema } from './policies.ts';
import { longestAppeal, settingsSchema, uploadOf } from './settings.ts';
import { pickedTypes, writingTypes } from './standing.ts';

const mostPicked = 25;
const engineCounts = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '15', '20', '30'];
const newAccounts = ['0', '1', '7', '30'] as const;
const newAccountDays = { 0: 0, 1: 1, 7: 7, 30: 30 } as const;
const { shape } = settingsSchema;

/** The policy for watched files with this outcome. */
const policy = (outcome: PolicyCase, section: SectionName, values: readonly PolicyStep[] = policyStepSchema.options) =>
  several({
    section,
    values,
    text: ({ config }) => config.fields[outcome],
    option: (value, { config }) => config.steps[value],
    read: ({ policies }) => policies[outcome],
    write: (settings, steps) => ({ ...settings, policies: { ...settings.policies, [outcome]: steps } }),
  });

/**
 * Every setting, in the order in which the panel shows it. The panel, the notices of changes and the overview are made from
 * this table. A setting also needs its words in the locales.
 */
const fields = {
  watch: choice({
    section: 'watching',
    values: shape.watch.options,
    text: ({ config }) => config.fields.watch,
    option: (value, { config }) => config.fields.watch.values[value],
    read: ({ watch }) => watch,
    write: (settings, watch) => ({ ...settings, watch }),
  }),
  watchedChannels: channels(pickedTypes, mostPicked, {
    section: 'watching',
    text: ({ config }) => config.fields.watchedChannels,
    read: ({ watchedChannels }) => watchedChannels,
    write: (settings, watchedChannels) => ({
      ...settings,
      watchedChannels,
      watch: watchedChannels.length > 0 ? 'some' : settings.watch,
    }),
  }),
  exemptChannels: channels(pickedTypes, mostPicked, {
    section: 'watching',
    text: ({ config }) => config.fields.exemptChannels,
    read: ({ exemptChannels }) => exemptChannels,
    write: (settings, exemptChannels) => ({ ...settings, exemptChannels }),
  }),
  exemptRoles: roles(mostPicked, {
    section: 'watching',
    text: ({ config }) => config.fields.exemptRoles,
    read: ({ exemptRoles }) => exemptRoles,
    write: (settings, exemptRoles) => ({ ...settings, exemptRoles }),
  }),

  scope: choice({
    section: 'files',
    values: shape.scope.options,
    text: ({ config }) => config.fields.scope,
    option: (value, { config }) => config.fields.scope.values[value],
    read: ({ scope }) => scope,
    write: (settings, scope) => ({ ...settings, scope }),
  }),
  upload: choice({
    section: 'files',
    values: shape.upload.unwrap().options,
    text: ({ config }) => config.fields.upload,
    option: (value, { config }) => config.fields.upload.values[value],
    read: uploadOf,
    write: (settings, upload) => ({ ...settings, upload }),
  }),
  privateByDefault: onOff({
    section: 'files',
    text: ({ config }) => config.fields.privateByDefault,
    read: ({ privateByDefault }) => privateByDefault,
    write: (settings, privateByDefault) => ({ ...settings, privateByDefault }),
  }),
  links: onOff({
    section: 'files',
    text: ({ config }) => config.fields.links,
    read: ({ links }) => links,
    write: (settings, links) => ({ ...settings, links }),
  }),
  watchBots: onOff({
    section: 'files',
    text: ({ config }) => config.fields.watchBots,
    read: ({ exemptBots }) => !exemptBots,
    write: (settings, watched) => ({ ...settings, exemptBots: !watched }),
  }),
  watchWebhooks: onOff({
    section: 'files',
    text: ({ config }) => config.fields.watchWebhooks,
    read: ({ exemptWebhooks }) => !exemptWebhooks,
    write: (settings, watched) => ({ ...settings, exemptWebhooks: !watched }),
  }),

  malicious: policy('malicious', 'flagged'),
  suspicious: policy('suspicious', 'flagged'),
  unwanted: policy('unwanted', 'flagged'),
  misleading: policy('misleading', 'flagged'),

  locked: policy('locked', 'unjudged'),
  failed: policy('failed', 'unjudged'),
  noise: choice({
    section: 'unjudged',
    values: shape.noise.options,
    text: ({ config }) => config.fields.noise,
    option: (value, { config }) => config.fields.noise.values[value],
    read: ({ noise }) => noise,
    write: (settings, noise) => ({ ...settings, noise }),
  }),
  markScanning: onOff({
    section: 'unjudged',
    text: ({ config }) => config.fields.markScanning,
    read: ({ markScanning }) => markScanning,
    write: (settings, markScanning) => ({ ...settings, markScanning }),
  }),

  // A hijacked account posts in many channels, so no single message is marked or replied to.
  hijacked: policy('hijacked', 'accounts', policyStepSchema.exclude(['mark', 'reply']).options),
  newAccountDays: choice({
    section: 'accounts',
    values: newAccounts,
    text: ({ config }) => config.fields.newAccountDays,
    option: (value, { config }) => config.fields.newAccountDays.values[value],
    read: (settings) => newAccounts.find((days) => newAccountDays[days] === settings.newAccountDays) ?? '0',
    write: (settings, value) => ({ ...settings, newAccountDays: newAccountDays[value] }),
  }),

  // Malicious must not need fewer engines than suspicious, so changing one threshold may move the other.
  warn: choice({
    section: 'verdicts',
    values: engineCounts,
    text: ({ config }) => config.fields.warn,
    option: (value, { config }) => config.engines(Number(value)),
    read: ({ thresholds }) => String(thresholds.warn),
    write: (settings, value) => {
      const warn = Number(value);
      return { ...settings, thresholds: { warn, act: Math.max(warn, settings.thresholds.act) } };
    },
  }),
  act: choice({
    section: 'verdicts',
    values: engineCounts,
    text: ({ config }) => config.fields.act,
    option: (value, { config }) => config.engines(Number(value)),
    read: ({ thresholds }) => String(thresholds.act),
    write: (settings, value) => {
      const act = Number(value);
      return { ...settings, thresholds: { warn: Math.min(settings.thresholds.warn, act), act } };
    },
  }),

  timeOut: choice({
    section: 'actions',
    values: shape.timeOut.options,
    text: ({ config }) => config.fields.timeOut,
    option: (value, { config }) => config.timeOuts[value],
    read: ({ timeOut }) => timeOut,
    write: (settings, timeOut) => ({ ...settings, timeOut }),
  }),
  quarantineRole: roles(1, {
    section: 'actions',
    text: ({ config }) => config.fields.quarantineRole,
    read: ({ quarantineRole }) => (quarantineRole ? [quarantineRole] : []),
    write: (settings, [quarantineRole]) => ({ ...settings, quarantineRole }),
  }),
  tellAuthor: onOff({
    section: 'actions',
    text: ({ config }) => config.fields.tellAuthor,
    read: ({ tellAuthor }) => tellAuthor,
    write: (settings, tellAuthor) => ({ ...settings, tellAuthor }),
  }),

  appeal: words(longestAppeal, {
    section: 'actions',
    text: ({ config }) => config.fields.appeal,
    read: ({ appeal }) => appeal,
    write: (settings, appeal) => ({ ...settings, appeal }),
  }),

  alertChannel: channels(writingTypes, 1, {
    section: 'alerts',
    text: ({ config }) => config.fields.alertChannel,
    read: ({ alertChannel }) => (alertChannel ? [alertChannel] : []),
    write: (settings, [alertChannel]) => ({ ...settings, alertChannel }),
  }),
  language: choice({
    section: 'language',
    values: shape.language.options,
    text: ({ config }) => config.fields.language,
    option: (value, { config }) =>
      value === 'server' ? config.fields.language.values.server : localeOf(value).language,
    read: ({ language }) => language,
    write: (settings, language) => ({ ...settings, language }),
  }),

  pingRole: roles(1, {
    section: 'alerts',
    text: ({ config }) => config.fields.pingRole,
    read: ({ pingRole }) => (pingRole ? [pingRole] : []),
    write: (settings, [pingRole]) => ({ ...settings, pingRole }),
  }),
  moderatorRole: roles(1, {
    section: 'alerts',
    text: ({ config }) => config.fields.moderatorRole,
    read: ({ moderatorRole }) => (moderatorRole ? [moderatorRole] : []),
    write: (settings, [moderatorRole]) => ({ ...settings, moderatorRole }),
  }),
  digest: choice({
    section: 'alerts',
    values: shape.digest.options,
    text: ({ config }) => config.fields.digest,
    option: (value, { config }) => config.fields.digest.values[value],
    read: ({ digest }) => digest,
    write: (settings, digest) => ({ ...settings, digest }),
  }),
} satisfies Record<keyof Locale['config']['fields'], Field>;

/** A field with its name, which is part of custom ids. */
export type NamedField = Field & { name: string };

export const allFields: readonly NamedField[] = Object.entries<Field>(fields).map(([name, field]) => ({
  ...field,
  name,
}));

export const isSection = (name: string, { config }: Locale): name is SectionName =>
  Object.hasOwn(config.sections, name);

export const fieldsOf = (section: string): NamedField[] => allFields.filter((field) => field.section === section);
