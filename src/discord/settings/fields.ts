import type { Locale } from '../../locales/en-US.ts';
import { channels, choice, type Field, onOff, roles, type SectionName } from './field.ts';
import { settingsSchema } from './settings.ts';
import { pickedTypes, writingTypes } from './standing.ts';

const mostPicked = 25;
const engineCounts = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '15', '20', '30'];
const { shape } = settingsSchema;

/**
 * Every setting, in the order in which the panel shows it: all that the panel, the words about a change and the overview know
 * of it. What else it needs is its words in the locales.
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
    values: shape.upload.options,
    text: ({ config }) => config.fields.upload,
    option: (value, { config }) => config.fields.upload.values[value],
    read: ({ upload }) => upload,
    write: (settings, upload) => ({ ...settings, upload }),
  }),
  links: onOff({
    section: 'files',
    text: ({ config }) => config.fields.links,
    read: ({ links }) => links,
    write: (settings, links) => ({ ...settings, links }),
  }),
  exemptBots: onOff({
    section: 'files',
    text: ({ config }) => config.fields.exemptBots,
    read: ({ exemptBots }) => exemptBots,
    write: (settings, exemptBots) => ({ ...settings, exemptBots }),
  }),
  exemptWebhooks: onOff({
    section: 'files',
    text: ({ config }) => config.fields.exemptWebhooks,
    read: ({ exemptWebhooks }) => exemptWebhooks,
    write: (settings, exemptWebhooks) => ({ ...settings, exemptWebhooks }),
  }),

  noise: choice({
    section: 'replies',
    values: shape.noise.options,
    text: ({ config }) => config.fields.noise,
    option: (value, { config }) => config.fields.noise.values[value],
    read: ({ noise }) => noise,
    write: (settings, noise) => ({ ...settings, noise }),
  }),
  reactScanning: onOff({
    section: 'replies',
    text: ({ config }) => config.fields.reactScanning,
    read: ({ reactions }) => reactions.scanning,
    write: (settings, scanning) => ({ ...settings, reactions: { ...settings.reactions, scanning } }),
  }),
  reactOutcome: onOff({
    section: 'replies',
    text: ({ config }) => config.fields.reactOutcome,
    read: ({ reactions }) => reactions.outcome,
    write: (settings, outcome) => ({ ...settings, reactions: { ...settings.reactions, outcome } }),
  }),
  privateByDefault: onOff({
    section: 'replies',
    text: ({ config }) => config.fields.privateByDefault,
    read: ({ privateByDefault }) => privateByDefault,
    write: (settings, privateByDefault) => ({ ...settings, privateByDefault }),
  }),

  // Malicious from fewer engines than suspicious would make no sense: one moves the other.
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

  onSuspicious: choice({
    section: 'actions',
    values: shape.actions.shape.suspicious.options,
    text: ({ config }) => config.fields.onSuspicious,
    option: (value, { config }) => config.actions[value],
    read: ({ actions }) => actions.suspicious,
    write: (settings, suspicious) => ({ ...settings, actions: { ...settings.actions, suspicious } }),
  }),
  onMalicious: choice({
    section: 'actions',
    values: shape.actions.shape.malicious.options,
    text: ({ config }) => config.fields.onMalicious,
    option: (value, { config }) => config.actions[value],
    read: ({ actions }) => actions.malicious,
    write: (settings, malicious) => ({ ...settings, actions: { ...settings.actions, malicious } }),
  }),
  timeOut: choice({
    section: 'actions',
    values: shape.timeOut.options,
    text: ({ config }) => config.fields.timeOut,
    option: (value, { config }) => config.timeOuts[value],
    read: ({ timeOut }) => timeOut,
    write: (settings, timeOut) => ({ ...settings, timeOut }),
  }),
  tellAuthor: onOff({
    section: 'actions',
    text: ({ config }) => config.fields.tellAuthor,
    read: ({ tellAuthor }) => tellAuthor,
    write: (settings, tellAuthor) => ({ ...settings, tellAuthor }),
  }),

  alertChannel: channels(writingTypes, 1, {
    section: 'alerts',
    text: ({ config }) => config.fields.alertChannel,
    read: ({ alertChannel }) => (alertChannel ? [alertChannel] : []),
    write: (settings, [alertChannel]) => ({ ...settings, alertChannel }),
  }),
  pingRole: roles(1, {
    section: 'alerts',
    text: ({ config }) => config.fields.pingRole,
    read: ({ pingRole }) => (pingRole ? [pingRole] : []),
    write: (settings, [pingRole]) => ({ ...settings, pingRole }),
  }),
} satisfies Record<keyof Locale['config']['fields'], Field>;

/** With its name, which stands in custom ids. */
export type NamedField = Field & { name: string };

export const allFields: readonly NamedField[] = Object.entries<Field>(fields).map(([name, field]) => ({
  ...field,
  name,
}));

export const isSection = (name: string, { config }: Locale): name is SectionName =>
  Object.hasOwn(config.sections, name);

export const fieldsOf = (section: string): NamedField[] => allFields.filter((field) => field.section === section);
