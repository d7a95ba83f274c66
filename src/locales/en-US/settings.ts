import { fields } from './fields.ts';
import { format } from './format.ts';
import { troubles } from './permissions.ts';
import { serverKey } from './serverKey.ts';

const { number, plural } = format;

export const config = {
  title: (section: string) => `Settings · ${section}`,
  choose: 'Section',
  sections: {
    overview: 'Overview',
    watching: 'Watching',
    files: 'Scans and uploads',
    flagged: 'What happens',
    unjudged: 'What happens: other files',
    accounts: 'What happens: accounts',
    actions: 'How the bot acts',
    verdicts: 'Verdicts',
    alerts: 'Alerts and moderators',
    language: 'Language',
    trust: 'Trusted files',
    block: 'Blocked files',
    key: 'VirusTotal key',
    skipped: 'Skipped files',
    record: 'Record, export and reset',
  },
  fields,
  serverKey,
  on: 'on',
  off: 'off',
  none: 'none',
  engines: (count: number) => plural(count, { one: '1 engine', other: `${count} engines` }),
  /** What the bot does by itself about a file. */
  steps: {
    mark: 'mark',
    reply: 'reply',
    alert: 'alert',
    delete: 'delete the message',
    timeOut: 'time out the author',
    quarantine: 'quarantine the author',
    kick: 'kick the author',
    ban: 'ban the author',
  },
  /** No step at all. */
  nothing: 'nothing',
  timeOuts: { tenMinutes: '10 minutes', hour: '1 hour', day: '1 day', fourWeeks: '28 days' },

  lists: {
    about: {
      trust: 'These files raise no alert here, whatever the engines say.',
      block: 'These files are treated as malicious here at once, without asking VirusTotal.',
    },
    count: (count: number) => plural(count, { one: '1 file', other: `${number(count)} files` }),
    entry: (name: string, sha256: string, by: string, when: string) => `${name} · ${sha256} · ${by} ${when}`,
    add: 'Add a file',
    addTitle: { trust: 'Trust a file', block: 'Block a file' },
    sha256: 'SHA-256',
    aboutSha256: '64 hex characters. A scan shows it below its token.',
    name: 'Name',
    aboutName: 'What to call it in this list',
    remove: 'Remove from this list',
    previous: 'Previous',
    next: 'Next',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    notASha256: 'Not a SHA-256: 64 hex characters',
    full: (most: number) => `This list is full (${most} files). Remove some first.`,
  },

  skipped: {
    about: 'The last files in watched channels that were not scanned, and why.',
    entry: (name: string, channel: string, when: string, why: string) => `${name} · ${channel} ${when}\n-# ${why}`,
    reasons: {
      image: 'It is a genuine image.',
      audio: 'It is genuine audio.',
      video: 'It is a genuine video.',
      text: 'It is plain text.',
      exemptRole: 'The person who posted it has a role that is not watched.',
      exemptChannel: 'It is in a channel that is not watched.',
      exemptBot: 'A bot posted it, and bots are not watched.',
      exemptWebhook: 'A webhook posted it, and webhooks are not watched.',
      manyLinks: 'Too many links were waiting for VirusTotal. Files go first.',
    },
  },

  overview: {
    line: (label: string, value: string) => `**${label}:** ${value}`,
    watching: 'Watching',
    nowhere: 'nothing yet: choose channels under **Watching**, or press **Set up**',
    everywhere: 'every channel',
    except: (channels: string) => ` except ${channels}`,
    alerts: 'Alerts',
    noAlerts: 'nowhere',
    files: (outcome: string) => `${outcome} files`,
    lists: (trusted: number, blocked: number) => `${trusted} trusted, ${blocked} blocked`,
    listed: 'Files on lists',
    more: 'Everything else is in the menu below. The buttons beside **Set up** are presets: each first shows what it would change.',
  },
  setUp: 'Set up',

  presets: {
    look: { label: 'Watch only', about: 'Marks and replies, no alerts.' },
    alert: { label: 'Alert', about: 'Moderators get alerts about bad files and decide.' },
    protect: { label: 'Protect', about: 'Malicious files are deleted and their authors timed out.' },
    title: (label: string) => `${label}: what would change`,
    nothing: 'Nothing: the settings already match.',
    apply: 'Apply',
    back: 'Back',
    applied: (label: string) => `${label}: applied`,
    undo: 'Undo',
    nothingToUndo: 'There is nothing to undo. Undo works once, for an hour.',
  },

  words: { edit: (label: string) => `${label} …`, title: (label: string) => label },

  record: {
    about: (changes: number) =>
      `Changes to these settings, and cases, are kept for 30 days. In these 30 days: ${plural(changes, { one: '1 change', other: `${number(changes)} changes` })}.`,
    entry: (when: string, who: string, what: string) => `${when} ${who}: ${what}`,
    export: 'Export',
    exported: 'Settings, lists, changes and cases of the last 30 days. Only you see this message.',
  },

  troubles,
  changed: (who: string) => `⚙️ ${who} changed the settings of this bot`,
  change: (label: string, from: string, to: string) => `**${label}**: ${from} → ${to}`,
  listed: (list: string, file: string) => `**${list}**: added ${file}`,
  unlisted: (list: string, file: string) => `**${list}**: removed ${file}`,
  listedMany: (list: string, added: number, removed: number) => `**${list}**: ${added} added, ${removed} removed`,

  reset: 'Reset to the defaults',
  resetTitle: 'Reset the settings?',
  resetAbout:
    'All settings of this server go back to their defaults: nothing is watched, and there is no alert channel. The lists of trusted and blocked files stay.',
  resetYes: 'Reset',
  resetNo: 'Keep them',

  notAllowed:
    'Only members with **Manage Server** can see and change these settings, and those for whom `/vtconfig` is allowed in Server Settings, Integrations, who must run it again every hour.',
  notHere: 'Settings exist in servers only.',
  outdated: 'This panel is from an older version. Open `/vtconfig` again.',
};
