import type { Locale } from '../../src/locales/en-US.ts';
import { categorySchema } from '../../src/verdict/report.ts';
import type { Warning } from '../../src/verdict/warnings.ts';

/** Arguments for every sentence that takes some, typed by the locale: the compiler names a sentence without a sample. */
type Samples<Words> = Words extends (...values: infer Values) => unknown
  ? readonly Values[]
  : { readonly [Key in keyof Words as HasSentence<Words[Key]> extends true ? Key : never]: Samples<Words[Key]> };

/** Whether there is a function somewhere in it. */
type HasSentence<Words> = Words extends (...values: never[]) => unknown
  ? true
  : Words extends string | readonly string[]
    ? false
    : true extends { [Key in keyof Words]: HasSentence<Words[Key]> }[keyof Words]
      ? true
      : false;

/** Texts as they are handed in: names are inline code, people and channels are mentioned, moments are Discord's. */
const name = '`invoice.pdf.exe`';
const who = '<@100000000000000001>';
const channel = '<#100000000000000002>';
const when = '<t:1795728166:R>';
const link = 'https://discord.com/channels/1/2/3';
const ofServer: [string, string][] = [['1'.repeat(18), '1a2b']];
const counts = [[0], [1], [2], [1_234]] satisfies [number][];
const signers = [['`ACME Ltd.`'], [undefined]] satisfies [string | undefined][];
const named = [[name]] satisfies [string][];
const inChannel = [[channel]] satisfies [string][];

const warnings: Warning[] = [
  { kind: 'disguise', disguise: { kind: 'doubleExtension', shown: 'pdf', real: 'exe' } },
  { kind: 'disguise', disguise: { kind: 'otherContent', claimed: 'png', real: 'exe' } },
  { kind: 'disguise', disguise: { kind: 'direction' } },
  { kind: 'locked', certain: true },
  { kind: 'locked', certain: false },
  { kind: 'falseAlarm', by: 'NIST' },
  { kind: 'falseAlarm', by: '`ACME Ltd.`' },
  ...(['revoked', 'expired', 'untrusted', 'invalid'] as const).flatMap((state) => [
    { kind: 'signature' as const, state, signer: '`ACME Ltd.`' },
    { kind: 'signature' as const, state },
  ]),
  { kind: 'malwareFamily', names: ['`LockBit`', '`XMRig`'] },
  { kind: 'sandbox', names: ['`Zenbox`'] },
  { kind: 'intrusions', count: 1, titles: [] },
  { kind: 'intrusions', count: 3, titles: ['`ET MALWARE`'] },
  { kind: 'behaviour', count: 1, titles: [] },
  { kind: 'behaviour', count: 2, titles: ['`Suspicious PowerShell`'] },
  { kind: 'assessment' },
  { kind: 'community', score: -50, malicious: 0 },
  { kind: 'community', score: -50, malicious: 4 },
];

const grounds = ['malicious', 'suspicious', 'unwanted', 'misleading', 'locked', 'failed', 'blocked'] as const;

/** What was done, by a moderator and by the bot itself. */
const did: [string | undefined, string, string, string][] = [
  [who, name, '<t:1795728166:f>', 'false alarm'],
  [undefined, who, '', ''],
  [who, '', '', ''],
];
const act = { did };

export const samples = {
  format: {
    number: [[0], [15_500]],
    percent: [[0.75]],
    plural: [[1, { one: 'one', other: 'many' }]],
    list: [[['a', 'b', 'c']]],
    size: [[68], [1_200_000]],
    duration: [[8_000], [300_000]],
    relative: [[-3 * 86_400_000], [12_000]],
    date: [[0]],
  },
  text: { joined: [[['a', 'b']]], labelled: [['a', 'b']], capital: [['a']] },
  verdicts: {
    trusted: { found: counts },
    clean: { found: counts },
    warned: { found: counts },
    empty: { found: counts },
    unknown: { found: counts },
    unseen: { found: counts },
    locked: { found: counts },
    failed: { found: counts },
    misleading: { found: counts },
    unwanted: { found: counts },
    suspicious: { found: counts },
    malicious: { found: counts },
    blocked: { found: counts },
  },
  warning: warnings.map((warning): [Warning] => [warning]),
  card: {
    engines: [
      [0, 71],
      [54, 71],
      [54, 71, 20],
    ],
    who: [
      [['Microsoft', 'Kaspersky', 'BitDefender'], 51, 'Trojan, Agent Tesla'],
      [['Microsoft'], 0, undefined],
    ],
    more: counts,
    analysed: [[when]],
    firstSeen: [[when]],
    token: [['0'.repeat(64)]],
    sha256: [['0'.repeat(64)]],
    ring: [[54, 71]],
  },
  report: {
    flagged: counts,
    all: counts,
    list: [
      [[name, name], 0],
      [[name], 12],
    ],
    fact: [['a', 'b']],
    bundled: [
      [1, undefined],
      [12, '`trojan`'],
    ],
    signatures: { valid: signers, revoked: signers, expired: signers, untrusted: signers, invalid: signers },
    levels: [[{ critical: 1, high: 2, medium: 3, low: 4, info: 5 }]],
    assessment: [
      ['malicious', 90],
      ['malicious', undefined],
    ],
    score: [[-50], [3]],
    votes: [[{ harmless: 1, malicious: 12 }]],
  },
  rescan: { button: [[6]], note: [[6]] },
  pages: {
    title: { all: named, flagged: named },
    page: [[1, 5]],
    row: categorySchema.options.flatMap((category): [typeof category, string, string | undefined][] => [
      [category, '`Engine`', undefined],
      [category, '`Engine`', '`Trojan.Generic`'],
    ]),
  },
  quota: {
    ownKey: [['`1a2b`']],
    gauge: [[3_100, 15_500, 12_400]],
    resets: [[when]],
    waitingFiles: [
      [1, 2, true],
      [1, 2, false],
    ],
    verdicts: counts,
    known: [[0.75]],
    perVerdict: [[3.5]],
  },
  activity: { share: [['▰▰▰▱▱', '1.2 MB', '5 MB']], soFar: [['1.2 MB']], answered: counts, flaggedAlready: counts },
  waiting: (['turn', 'minute', 'share', 'day', 'month', 'key', 'ownKey', 'outage'] as const).flatMap(
    (reason): [typeof reason, number, string | undefined][] => [
      [reason, 0, undefined],
      [reason, 3, when],
    ],
  ),
  reply: {
    several: counts,
    finished: [[3, 12]],
    found: [
      ['12 files', ['⛔ 1 malicious', '✅ 11 without findings']],
      ['12 files', []],
    ],
    orByToken: [[['0'.repeat(64)]]],
    unreadable: counts,
    from: [[link]],
    onlyFirst: [[10, 12]],
  },
  refusals: { tooManyOpen: [[28, 5]] },
  alerts: {
    hijacked: [[who, 'a', [channel, channel], 12]],
    spree: [
      [0, true, false],
      [1, false, false],
      [1, true, false],
      [3, false, false],
      [3, false, true],
    ],
    compared: { waiting: named, other: named, lost: named },
    by: (['member', 'bot', 'webhook'] as const).flatMap((kind): [string, typeof kind, boolean][] => [
      [who, kind, false],
      [who, kind, true],
    ]),
    place: [[channel, link]],
    posted: [
      [who, [channel, channel], ''],
      [who, [channel], 'and 3 more'],
    ],
    created: [[when]],
    joined: [[when]],
    flaggedBefore: counts,
    copies: counts,
    more: counts,
    and: [
      [[who, who], 0],
      [[who], 3],
    ],
    messages: [
      [1, who, channel],
      [4, '', channel],
    ],
    gone: named,
    acts: {
      delete: act,
      timeOut: act,
      quarantine: act,
      kick: act,
      ban: act,
      trust: act,
      block: act,
      claim: act,
      resolve: act,
      dismiss: act,
      endTimeOut: act,
      endQuarantine: act,
      unban: act,
      untrust: act,
      unblock: act,
      tellAuthor: act,
    },
    already: [['a', name]],
    underWay: [
      ['a', name, who],
      ['a', '', undefined],
    ],
    couldNot: [
      [who, 'a', name],
      [undefined, 'a', ''],
    ],
    ask: [
      ['a', name],
      ['a', ''],
    ],
    onlyForwarded: [[who]],
    othersLater: counts,
    elsewhere: counts,
    reallyTrust: [[name, 12]],
    confirm: {
      plain: [['a…']],
      tenMinutes: [['a…']],
      hour: [['a…']],
      day: [['a…']],
      fourWeeks: [['a…']],
      purge: [['a…']],
      anyway: [['a…']],
      falseAlarm: [['a…']],
      handled: [['a…']],
      harmless: [['a…']],
    },
    notAllowed: [
      ['a', undefined],
      ['a', '<@&100000000000000003>'],
    ],
    reason: grounds.flatMap((ground): [typeof ground, string, number, number][] => [
      [ground, 'setup.exe', 54, 71],
      [ground, 'setup.exe', 0, 0],
    ]),
    hijackedReason: [['a']],
    pressReason: [['moderator', 'setup.exe']],
    toAuthor: {
      deleted: [
        [1, [channel]],
        [3, [channel, channel]],
      ],
      timedOut: [['<t:1795728166:f>']],
      letter: grounds.map((ground): [string, string[], string[], typeof ground] => [
        '`server`',
        ['a', 'b'],
        [name],
        ground,
      ]),
      hijacked: [['`server`', ['a', 'b']]],
      reference: [['100000000000000004']],
      appeal: [['Write to us.\nWe answer.']],
    },
    fallback: {
      noChannel: inChannel,
      noAccess: inChannel,
      channelGone: inChannel,
      refused: inChannel,
      toOwner: [['`server`', 'a']],
    },
    quotaUsedUp: [
      ['day', when],
      ['month', undefined],
    ],
  },
  digest: {
    span: [['<t:1795728166:d>', '<t:1796332966:d>']],
    checked: [
      [1, 0, []],
      [1_234, 12, ['⛔ 1 malicious', '✅ 1,233 without findings']],
    ],
    automatic: [[[]], [['deleted 3 messages', 'timed out 1 member']]],
    moderator: [[who, ['banned 1 member']]],
    moderators: [[[`${who} banned 1 member`, `${who} trusted 2 files`]]],
    acts: {
      delete: counts,
      timeOut: counts,
      quarantine: counts,
      kick: counts,
      ban: counts,
      trust: counts,
      block: counts,
      claim: counts,
      resolve: counts,
      dismiss: counts,
      endTimeOut: counts,
      endQuarantine: counts,
      unban: counts,
      untrust: counts,
      unblock: counts,
    },
    quota: [
      [3_100, 0, 0],
      [3_100, 12, 1],
    ],
    falseAlarms: [
      [0, 0],
      [1, 2],
    ],
  },
  config: {
    title: [['a']],
    engines: counts,
    serverKey: {
      set: [['`1a2b`', who, when]],
      limits: [[4, 500, 15_500]],
      unchecked: [[4, 500, 15_500]],
      changed: { entered: [[who]], removed: [[who]], fallBackOn: [[who]], fallBackOff: [[who]] },
    },
    lists: { count: counts, entry: [[name, '`0f0f…0f0f`', who, when]], page: [[1, 5]], full: [[500]] },
    skipped: { entry: [[name, channel, when, 'a']] },
    overview: { line: [['a', 'b']], except: inChannel, files: [['a']], lists: [[1, 2]] },
    presets: { title: [['a']], applied: [['a']] },
    words: { edit: [['a']], title: [['a']] },
    record: { about: counts, entry: [[when, who, '`watch`']] },
    troubles: {
      publicAlerts: inChannel,
      channelGone: inChannel,
      permission: [['a', channel, 'b']],
      andMore: counts,
      more: counts,
    },
    changed: [[who]],
    change: [['a', 'b', 'c']],
    listed: [['a', name]],
    unlisted: [['a', name]],
    listedMany: [['a', 1, 12]],
  },
  setUp: {
    title: [[1, 'a']],
    capacity: [[155, 340]],
    alerts: { isPublic: inChannel },
    test: {
      text: [[who]],
      posted: inChannel,
      lacks: [[channel, 'a']],
      refused: inChannel,
    },
    notice: {
      text: [['auto'], ['ask'], ['hash-only']],
      textEverywhere: [['auto'], ['ask'], ['hash-only']],
      posted: inChannel,
      failed: inChannel,
    },
    welcome: { text: [['`server`']] },
  },
  help: { watched: { some: inChannel } },
  about: { title: [['vtscan', '0.1.0']], operators: [[who]], key: [[155, 340]] },
  cli: {
    misused: {
      option: [['--jsn']],
      command: [['scam']],
      missing: [['file']],
      missingValue: [['--name <name>']],
      perhaps: [['scan']],
    },
    engines: [[54, 71]],
    token: [['0'.repeat(64)]],
    serverKey: { own: ofServer, operator: ofServer, none: ofServer, unreadable: ofServer },
    notAServer: [['my server']],
    leftOut: counts,
    askUpload: counts,
    needsYes: counts,
    notReadable: [['EACCES']],
    finished: [[3, 12]],
    summary: [['a', ['b', 'c'], 'd']],
    files: counts,
    counted: {
      trusted: counts,
      clean: counts,
      empty: counts,
      unknown: counts,
      unseen: counts,
      locked: counts,
      failed: counts,
      misleading: counts,
      unwanted: counts,
      suspicious: counts,
      malicious: counts,
      blocked: counts,
    },
    resumable: counts,
    stillOpen: [['a']],
    ofTheBot: [['a']],
    opened: [['setup.exe', '0'.repeat(64)]],
    closed: [['setup.exe']],
    backedUp: [['/backups/vtscan.sqlite', '12 MB']],
    wouldMigrate: [
      [1, 1],
      [1234, 56],
    ],
    migrated: [
      [1, 1],
      [1234, 56],
    ],
    votes: [[1, 12]],
    score: [[-50]],
    doctor: {
      node: [['22.1.0']],
      oldNode: [['18.0.0']],
      dataDir: [['/data']],
      dataDirUnusable: [['/data', 'EACCES']],
      database: [['SQLite', 1]],
      damagedRows: counts,
      reachable: [['discord.com']],
      unreachable: [['discord.com', 'ETIMEDOUT']],
      clock: [[1]],
      wrongClock: [[90]],
      quota: [[100, 500, 3_100, 15_500]],
      discord: [['vtscan']],
      notAnswered: [['VirusTotal']],
      notChecked: [['VirusTotal']],
    },
  },
} satisfies Samples<Locale>;
