import type { Category, SandboxVerdict, Signature } from '../../verdict/report.ts';
import type { Selection } from '../../verdict/rows.ts';
import type { Trouble } from './failures.ts';
import { format } from './format.ts';

const { list: listed, number, percent, plural } = format;

/** What an engine's row says where it has no label. */
export const answers = {
  malicious: 'malicious',
  suspicious: 'suspicious',
  harmless: 'found nothing',
  undetected: 'found nothing',
  unrated: 'does not know it',
  'type-unsupported': 'does not support such files',
  timeout: 'took too long',
  'confirmed-timeout': 'took too long',
  failure: 'failed',
  other: 'no clear answer',
} satisfies Record<Category, string>;

export const card = {
  /** `independent`: how many of them do not share an engine, where that is far fewer. */
  engines: (flagged: number, opinions: number, independent?: number) =>
    `${flagged} of ${opinions} engines${independent === undefined ? '' : `, ${independent} independent`}`,
  who: (names: readonly string[], more: number, threat: string | undefined) => {
    const all = listed(more > 0 ? [...names, `${number(more)} more`] : names);
    return threat ? `${all}: ${threat}` : all;
  },
  more: (count: number) => `and ${number(count)} more`,
  analysed: (when: string) => `analyzed ${when}`,
  enginesOnly: "So far only the engines have answered. VirusTotal's other findings are not known yet.",
  firstSeen: (when: string) => `first seen ${when}`,
  token: (token: string) => `Token \`${token}\``,
  sha256: (hash: string) => `SHA-256 \`${hash}\``,
  ring: (flagged: number, opinions: number) => `${flagged} of ${opinions} engines flag it`,
  details: 'Details',
  allDetections: 'All detections',
  virusTotal: 'VirusTotal',
  choose: 'Details of a file (only you see them)',
};

const named = (signer: string | undefined) => (signer ? ` (${signer})` : '');

export const report = {
  noSession:
    'No session opened\nScan a file in this channel with `/vtscan` or *Apps → Scan attachments*: that opens one for a day. Or name a file in `query`.',
  closed: 'The session is closed. The next scan in this channel opens a new one.',
  junk: 'That contains no SHA-256, SHA-1, MD5, token or VirusTotal link of a file.',
  pageOfAddress: 'That link is about a web address, not a file. Run `/vturl` with the address itself.',
  unseen: {
    why: 'VirusTotal has never seen this file, and a look-up uploads nothing.',
    todo: 'That says nothing about it: treat it as unsafe. Whoever has the file can share it with `/vtscan`, which uploads it.',
  } satisfies Trouble,
  flagged: (count: number) => `Flagged (${count})`,
  all: (count: number) => `All engines (${count})`,
  list: (shown: readonly string[], left: number) => shown.join(', ') + (left > 0 ? ` and ${number(left)} more` : ''),
  fact: (what: string, value: string) => `**${what}** ${value}`,
  yes: 'yes',
  type: 'Type',
  analysed: 'Analyzed',
  names: 'Seen as',
  bundle: 'Contains',
  bundled: (files: number, worst: string | undefined) =>
    `${plural(files, { one: '1 file', other: `${number(files)} files` })}${worst ? `, among them ${worst}` : ''}`,
  finalUrl: 'Leads to',
  pageTitle: 'Title',
  firstSeen: 'First seen',
  signature: 'Signature',
  signatures: {
    valid: (signer) => (signer ? `signed by ${signer}` : 'valid'),
    revoked: (signer) => `invalid: revoked${named(signer)}`,
    expired: (signer) => `invalid: expired${named(signer)}`,
    untrusted: (signer) => `invalid: Windows does not trust the signer${named(signer)}`,
    invalid: (signer) => `invalid${named(signer)}`,
  } satisfies Record<Signature['state'], (signer: string | undefined) => string>,
  distributors: 'Distributed by',
  trustedBy: 'Trusted by',
  nsrl: 'In the library of known software (NSRL)',
  severity: 'Severity',
  severities: { none: 'none', low: 'low', medium: 'medium', high: 'high' },
  families: 'Malware families',
  tags: 'Tags',
  sandboxes: 'Sandboxes',
  sandboxVerdicts: {
    malicious: '⛔ malicious',
    suspicious: '⚠️ suspicious',
    harmless: 'harmless',
    undetected: 'nothing found',
  } satisfies Record<SandboxVerdict, string>,
  yara: 'YARA rules',
  sigma: 'Sigma rules',
  intrusions: 'Network alerts',
  levels: (hits: Readonly<Record<string, unknown>>) =>
    ['critical', 'high', 'medium', 'low', 'info']
      .flatMap((level) => (typeof hits[level] === 'number' && hits[level] > 0 ? [`${hits[level]} ${level}`] : []))
      .join(', '),
  gti: 'Google Threat Intelligence',
  assessment: (verdict: string, score: number | undefined) =>
    score === undefined ? verdict : `${verdict}, score ${score} of 100`,
  community: 'Community',
  score: (score: number) => `score ${score}`,
  votes: ({ harmless, malicious }: { harmless: number; malicious: number }) =>
    `${malicious} voted malicious, ${harmless} harmless`,
};

/** Several files, a line each. */
export const list = {
  clean: 'No engine flagged the files marked ✅. That is a good sign, not a guarantee: new malware is detected late.',
};

export const rescan = {
  button: (cost: number) => `Analyze again (costs about ${cost} requests)`,
  note: (cost: number) =>
    `A new analysis by VirusTotal, without an upload. It costs about ${cost} requests of the quota.`,
};

export const pages = {
  title: {
    all: (name: string) => `All detections of ${name}`,
    flagged: (name: string) => `Engines that flagged ${name}`,
  } satisfies Record<Selection, (name: string) => string>,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous',
  next: 'Next',
  row: (category: Category, engine: string, label: string | undefined) => `${engine} · ${label ?? answers[category]}`,
  none: { all: 'No engine has answered.', flagged: 'No engine flagged it.' } satisfies Record<Selection, string>,
  switchTo: { all: 'All engines', flagged: 'Flagged only' } satisfies Record<Selection, string>,
  asText: 'As a text file',
};

/** In a text file. */
export const table = {
  columns: ['Engine', 'Verdict', 'Label', 'Version', 'Update'],
  about: { name: 'Name', flagged: 'Flagged by', analysed: 'Analyzed', page: 'Page' },
};

export const quota = {
  title: 'VirusTotal quota',
  ownKey: (lastFour: string) => `-# This server's own key, ending in ${lastFour}`,
  ownKeyUnusable: '⚠️ The key of this server cannot be used. A moderator can enter it again in `/vtconfig`.',
  keyRefused: '⚠️ VirusTotal refuses the API key. Tell whoever runs this bot.',
  minute: 'This minute',
  day: 'Today',
  month: 'This month',
  gauge: (used: number, allowed: number, left: number) =>
    `${number(used)}/${number(allowed)} used, ${number(left)} left`,
  resets: (when: string) => `resets ${when}`,
  lastDay: 'Last 24 hours',
  waiting: 'Waiting',
  waitingFiles: (interactive: number, automatic: number, everywhere: boolean) =>
    `${number(interactive)} asked for, ${number(automatic)} watched ${everywhere ? 'everywhere' : 'here'}`,
  today: 'Verdicts today',
  verdicts: (count: number) => number(count),
  /** `share`: from 0 to 1. */
  known: (share: number) => `${percent(share)} of the files were known`,
  perVerdict: (calls: number) => `${number(calls)} ${plural(calls, { one: 'request', other: 'requests' })} each`,
};
