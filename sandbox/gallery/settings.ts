import { type PermissionName, permissionTable } from '../../src/discord/permissions.ts';
import { allFields, isSection } from '../../src/discord/settings/fields.ts';
import { addFileForm, wordsForm } from '../../src/discord/settings/forms.ts';
import { keyForm } from '../../src/discord/settings/keyPage.ts';
import { renderPreset } from '../../src/discord/settings/overview.ts';
import { renderPanel, renderReset } from '../../src/discord/settings/panel.ts';
import { defaultSettings, type GuildSettings } from '../../src/discord/settings/settings.ts';
import type { Lending, ShownKey } from '../../src/discord/settings/shownKey.ts';
import { skipReasonSchema } from '../../src/discord/settings/skipped.ts';
import type { Trouble } from '../../src/discord/settings/troubles.ts';
import { renderDone, renderStep, type StepView } from '../../src/discord/setup/steps.ts';
import { who } from './cases.ts';
import { capacity, channel, type Group, item, messageOf, said, server } from './exhibit.ts';
import { now } from './scans.ts';

const listedFile = { sha256: 'f0'.repeat(32), name: 'own.exe', by: who, at: now };
export const chosen: GuildSettings = {
  ...defaultSettings,
  watch: 'some',
  watchedChannels: [channel],
  alertChannel: channel,
  trust: [listedFile],
  block: [listedFile],
};
const isPermission = (name: string): name is PermissionName => Object.hasOwn(permissionTable, name);
const troubles: Trouble[] = [
  { kind: 'messageContent' },
  { kind: 'nothingPicked' },
  { kind: 'needsKey' },
  { kind: 'keyUnreadable' },
  { kind: 'noAlertChannel' },
  { kind: 'channelGone', channels: [channel] },
  { kind: 'roleGone' },
  { kind: 'noQuarantineRole' },
  { kind: 'quarantineRoleAbove' },
  { kind: 'publicAlerts', channels: [channel] },
  ...Object.keys(permissionTable)
    .filter(isPermission)
    .map((permission): Trouble => ({ kind: 'permission', permission, channels: [channel] })),
];
const shownKey: ShownKey = {
  lastFour: '1a2b',
  by: who,
  at: now,
  limits: { perMinute: 4, perDay: 500, perMonth: 15_500 },
  mayFallBack: false,
  isReadable: true,
};
const keyOf = (key: ShownKey | undefined, lending: Lending = 'all') => ({ key, lending });
const plain = { settings: chosen, skipped: [], troubles: [], changes: [] };
export const panels: Group = {
  title: 'Settings',
  items: [
    ...[
      ...new Set(allFields.map(({ section }) => section)),
      'overview',
      'key',
      'trust',
      'block',
      'skipped',
      'record',
    ].map((name) =>
      item(name, (locale) => {
        const skipped = skipReasonSchema.options.map((reason) => ({ at: now, channel, name: 'a.png', reason }));
        const changes = [{ at: now, who, what: { watch: { from: 'none', to: 'all' } } }];
        const view = {
          settings: chosen,
          skipped,
          troubles: name === 'record' ? troubles : [],
          changes,
          key: keyOf(shownKey),
        };
        const section = isSection(name, locale) ? name : 'overview';
        return { message: renderPanel({ section, page: 0 }, view, locale) };
      }),
    ),
    ...(['look', 'alert', 'protect'] as const).map((name) =>
      item(`preset: ${name}`, (locale) => ({ message: renderPreset(name, chosen, locale) })),
    ),
    ...(['all', 'watching-needs-own', 'off'] as const).map((lending) =>
      item(`no key: ${lending}`, (locale) => ({
        message: renderPanel({ section: 'key', page: 0 }, { ...plain, key: keyOf(undefined, lending) }, locale),
      })),
    ),
    item('unreadable key', (locale) => ({
      message: renderPanel(
        { section: 'key', page: 0 },
        { ...plain, key: keyOf({ ...shownKey, isReadable: false }) },
        locale,
      ),
    })),
    item('form: key', (locale) => ({ form: keyForm(locale) })),
    item('reset', (locale) => ({ message: renderReset(locale) })),
    ...(['trust', 'block'] as const).map((list) =>
      item(`form: ${list}`, (locale) => ({ form: addFileForm(list, locale) })),
    ),
    ...allFields.flatMap((field) =>
      field.control === 'words'
        ? [item(`form: ${field.name}`, (locale) => ({ form: wordsForm(field, chosen, locale) }))]
        : [],
    ),
  ],
};

const place = { id: channel, name: 'mod-alerts', isPublic: true, lacks: [] };
const draft = { guild: server, alertChannel: channel, watch: 'some', watchedChannels: [], upload: 'ask' } as const;
const stepView: StepView = { draft: { ...draft, watchedChannels: [] }, places: [place], capacity, inPrivate: true };
export const setUp: Group = {
  title: 'Set-up',
  items: [
    item('welcome', (locale) => said(locale.setUp.welcome.text('`a server`'))),
    ...(['alerts', 'watch', 'upload'] as const).map((step) =>
      item(step, (locale) => ({ message: renderStep(step, stepView, locale) })),
    ),
    item('done', (locale) => ({ message: renderDone(server, chosen, [], locale) })),
    item('test alert', ({ setUp: { test } }) => ({
      message: messageOf({ embeds: [{ title: test.title, description: test.text(`<@${who}>`) }] }),
    })),
    ...(['auto', 'ask', 'hash-only'] as const).map((upload) =>
      item(`notice: ${upload}`, ({ setUp: { notice } }) => said(notice.text(upload))),
    ),
  ],
};
