import type { AddressRefusal } from '../../address/address.ts';
import type { FailureCode } from '../../scan/failure.ts';
import type { SandboxVerdict } from '../../verdict/report.ts';
import type { Word } from '../../verdict/word.ts';
import { doctor } from './doctor.ts';
import { format } from './format.ts';

const { number, plural } = format;

/** For a terminal: no markdown. */
export const cli = {
  about: 'Asks VirusTotal whether files and web addresses are malware.',
  examples: 'Examples:',
  moreHelp: '(--help for more)',
  /** In the help, above what a command takes. */
  titles: { usage: 'Usage:', arguments: 'Arguments:', options: 'Options:', commands: 'Commands:' },
  /** What is wrong with the words that were typed. */
  misused: {
    option: (name: string) => `There is no option ${name}.`,
    command: (name: string) => `There is no command ${name}.`,
    missing: (name: string) => `<${name}> is missing.`,
    missingValue: (option: string) => `The option ${option} needs a value.`,
    tooMany: 'Too many arguments for this command.',
    perhaps: (name: string) => `Did you mean ${name}?`,
  },
  commands: {
    help: 'Show the help of a command',
    scan: 'Scan files',
    scanFiles: 'Files, or "-" for standard input; after -- names may begin with a dash',
    result: 'The result of a scan; continues it if no other process does',
    open: 'Open a session on a file, for report',
    close: 'Close the session',
    report:
      'What VirusTotal knows about a file, without uploading it; without a query, about the file of the open session',
    reportQuery: 'A token, SHA-256, SHA-1 or MD5, alone or inside a text, or a VirusTotal link',
    url: 'Scan a web address',
    quota: "How much of the key's quota is left",
    doctor: 'Check everything that vtscan needs, and the bot if it is set up',
    backup: 'Copy the database to a new file, also while the bot runs',
    backupFile: 'A file that does not exist yet',
    migrate: 'Move everything to another kind of database',
    sqliteToPostgres: 'Copy the SQLite database in DATA_DIR to the PostgreSQL of DATABASE_URL',
    token: '64 hex characters, as scan printed them',
  },
  options: {
    json: 'one line of JSON per result',
    server: 'show the key that serves the server with this id',
    hashOnly: 'look up by hash and upload nothing',
    password:
      'opens an encrypted archive of one file; sent to VirusTotal with it, other users of this machine may see it',
    filesFrom: 'more names from a list, "-" for standard input, each ended by a NUL as find -print0 does',
    recursive: 'scan the files in directories, too; asks before it uploads more than five',
    hidden: 'with -r: include names that begin with a dot, and node_modules',
    infected: 'print only bad files',
    yes: 'with -r: upload without asking',
    name: 'the name of standard input',
    version: 'print the version',
    help: 'print this help',
    lang: 'the language, as en, ko, zh-TW or zh-CN; otherwise that of the environment (LC_ALL, LC_MESSAGES, LANG)',
    wait: 'wait until the scan has ended',
    dryRun: 'check everything, and copy nothing',
  },
  exitCodes: `Exit code: 0 nothing bad, 1 something bad, 2 trouble: something could not
be judged. Files that VirusTotal has never seen are uploaded, and it shares
them with its partners: scan nothing confidential.`,

  verdicts: {
    trusted: 'Trusted by the server',
    clean: 'No engine flagged it',
    empty: 'It is empty',
    unknown: 'Unknown',
    unseen: 'Unknown',
    locked: 'Locked: the engines could not look inside',
    failed: 'Not scanned',
    misleading: 'Misleading name',
    unwanted: 'Unwanted program',
    suspicious: 'Suspicious',
    malicious: 'Malicious',
    blocked: 'Blocked by the server',
  } satisfies Record<Word, string>,
  engines: (flagged: number, opinions: number) => `${flagged}/${opinions} engines`,
  token: (token: string) => `token ${token}`,
  unjudged: 'too few engines gave an opinion: treat it as unsafe',
  /** Where the words for Discord do not fit. */
  failures: {
    'engine.badKey': 'VirusTotal refuses VIRUSTOTAL_API_KEY',
    'engine.forbidden': 'VIRUSTOTAL_API_KEY may not do that',
    'engine.unsupported': "VirusTotal's v2 API cannot do that: set VIRUSTOTAL_API_VERSION to 3",
    'engine.unseen': 'VirusTotal has never seen it, and it was not uploaded. That says nothing about it',
    'engine.unreadable': 'VirusTotal sent an answer that vtscan cannot read',
    'file.noRoom': 'There is no room for it in DATA_DIR',
    'scan.internal': 'Something went wrong in vtscan',
  } satisfies Partial<Record<FailureCode, string>>,

  noFiles: 'Nothing to scan: name files, or a list with --files-from.',
  inputTwice: 'Standard input can be read once only: it is either a file or a list.',
  nameWithoutInput: '--name is the name of standard input: give "-" as the file.',
  leftOut: (count: number) =>
    plural(count, {
      one: '1 hidden file left out: --hidden includes it',
      other: `${number(count)} hidden files left out: --hidden includes them`,
    }),
  askUpload: (count: number) =>
    `VirusTotal has never seen ${number(count)} of these files. It shares uploads\nwith its partners for good. Upload them? [y/N] `,
  needsYes: (count: number) =>
    `VirusTotal has never seen ${number(count)} of these files, and none was uploaded, because it\nshares them with its partners. To upload them, run the command again with --yes.`,
  isDirectory: 'is a directory; use --recursive to scan the files in it',
  notReadable: (code: string) => `cannot be read (${code})`,
  finished: (done: number, count: number) => `${number(done)} of ${number(count)} files finished`,
  /** Of all files, how many came to what, and how long it took. */
  summary: (files: string, counts: readonly string[], took: string) => `${files}: ${counts.join(', ')} (${took})`,
  files: (count: number) => plural(count, { one: '1 file', other: `${number(count)} files` }),
  /** Parts of a summary. */
  counted: {
    trusted: (count) => `${number(count)} trusted`,
    clean: (count) => `${number(count)} without findings`,
    empty: (count) => `${number(count)} empty`,
    unknown: (count) => `${number(count)} unknown`,
    unseen: (count) => `${number(count)} never seen by VirusTotal`,
    locked: (count) => `${number(count)} locked`,
    failed: (count) => `${number(count)} not scanned`,
    misleading: (count) => `${number(count)} with a misleading name`,
    unwanted: (count) => plural(count, { one: '1 unwanted program', other: `${number(count)} unwanted programs` }),
    suspicious: (count) => `${number(count)} suspicious`,
    malicious: (count) => `${number(count)} malicious`,
    blocked: (count) => `${number(count)} blocked`,
  } satisfies Record<Word, (count: number) => string>,
  resumable: (count: number) =>
    plural(count, {
      one: 'One scan is not finished. "result TOKEN" resumes it, and so does the bot when it runs:',
      other: `${number(count)} scans are not finished. "result TOKEN" resumes one, and so does the bot when it runs:`,
    }),
  stillOpen: (status: string) => `${status}: another process is working on it`,
  ofTheBot: (status: string) => `${status}: the bot continues it when it runs`,

  quotaUnknown: 'unknown',
  /** Before the figures of the key that serves a server. */
  serverKey: {
    own: (server: string, lastFour: string) => `Server ${server} has its own key, ending in ${lastFour}`,
    operator: (server: string, _lastFour: string) => `Server ${server} has no key of its own: these are yours`,
    none: (server: string, _lastFour: string) =>
      `Server ${server} has no key of its own, and SHARED_KEY lends it none: nothing is scanned there`,
    unreadable: (server: string, lastFour: string) =>
      `Server ${server} has its own key, ending in ${lastFour}, which cannot be decrypted with this SECRET_KEY or secret.key: set the one that the bot has, or have the key entered again`,
    refused: "VirusTotal refuses this server's key",
  },
  notAServer: (text: string) => `${text || '""'} is no server id: 17 to 20 digits`,
  quotaNotTold: 'VirusTotal does not tell how much of the quota is used. Its v2 API never does.',

  opened: (name: string, sha256: string) => `Session opened on ${name}\nSHA-256 ${sha256}`,
  closed: (name: string) => `Session on ${name} closed`,
  noSession: 'No session opened',
  howToOpen: 'Open one with "open FILE", or give a hash, a token or a VirusTotal link.',
  notAQuery: 'That contains no token, SHA-256, SHA-1, MD5 or VirusTotal link.',
  linkToAddress: 'That is a link to a web address: use "url" with the address itself.',

  backedUp: (file: string, size: string) => `Database copied to ${file} (${size})`,
  backUpPostgres: `DATABASE_URL names a PostgreSQL. Back it up with its own tool:
  pg_dump --format=custom --schema=vtscan --file=vtscan.dump "$DATABASE_URL"`,
  needsDatabaseUrl: 'Set DATABASE_URL to the PostgreSQL that everything is to be copied to.',
  wouldMigrate: (scans: number, rows: number) =>
    `Everything is fine: ${number(scans)} ${plural(scans, { one: 'scan', other: 'scans' })} and ${number(rows)} other ${plural(rows, { one: 'row', other: 'rows' })} can be copied. Nothing was copied.`,
  migrated: (scans: number, rows: number) =>
    `${number(scans)} ${plural(scans, { one: 'scan', other: 'scans' })} and ${number(rows)} other ${plural(rows, { one: 'row', other: 'rows' })} were copied. Start the bot with this DATABASE_URL. The SQLite file is no longer used: remove it when the bot runs.`,
  engine: 'Engine',
  signature: 'Signature',
  facts: {
    threat: 'Threat',
    type: 'Type',
    size: 'Size',
    sha256: 'SHA-256',
    sha1: 'SHA-1',
    md5: 'MD5',
    names: 'Names',
    tags: 'Tags',
    firstSeen: 'First seen',
    analysed: 'Analyzed',
    signedBy: 'Signed by',
    community: 'Community',
    sandboxes: 'Sandboxes',
    yara: 'YARA',
    sigma: 'Sigma',
    link: 'VirusTotal',
  },
  votes: (harmless: number, malicious: number) => `${harmless} harmless, ${malicious} malicious votes`,
  score: (score: number) => `score ${score}`,
  sandboxVerdicts: {
    malicious: 'malicious',
    suspicious: 'suspicious',
    harmless: 'harmless',
    undetected: 'nothing found',
  } satisfies Record<SandboxVerdict, string>,

  addresses: {
    unreadable: 'Not a web address.',
    scheme: 'Only http and https addresses are scanned.',
    credentials: 'It contains a user name or password, which would become public.',
    private: 'Its host is not public: VirusTotal cannot reach it.',
    tooLong: 'It is too long.',
  } satisfies Record<AddressRefusal, string>,

  doctor,
};
