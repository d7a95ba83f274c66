import type { FinishedView, OpenView } from '../../src/discord/cards/view.ts';
import { judgementOf } from '../../src/scan/judged.ts';
import type { Activity } from '../../src/scan/ports.ts';
import type { OpenScan, Outcome, SettledScan, Source } from '../../src/scan/scan.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import type { EngineAnswer, Facts } from '../../src/verdict/report.ts';

/** Scans to be shown: made up, and the same in every language. */

/** In ms since the epoch. */
export const now = Date.UTC(2026, 2, 14, 9, 30);
const day = 24 * 60 * 60_000;
const token = tokenSchema.parse('0123456789abcdef'.repeat(4));
const base = { token, origin: { urgency: 'interactive' as const }, mode: 'scan' as const, createdAt: now - 60_000 };
const file = {
  path: '/spool/file',
  spooled: true,
  size: 1_234_567,
  sha256: 'f0'.repeat(32),
  sha1: 'e1'.repeat(20),
  md5: 'd2'.repeat(16),
};
const contents = {
  program: { mime: 'application/x-msdownload', extension: 'exe', lock: 'open' },
  archive: { mime: 'application/zip', extension: 'zip', lock: 'locked' },
} as const;

const named = (name: string): Source => ({ kind: 'path', path: `/${name}`, name });

function settled(source: Source, outcome: Outcome, content: keyof typeof contents | 'none' = 'program'): FinishedView {
  const scan: SettledScan = {
    ...base,
    stage: 'settled',
    source,
    startedAt: base.createdAt,
    settledAt: now,
    outcome,
    ...(content !== 'none' && { file: { ...file, content: contents[content] } }),
  };
  return { scan, judgement: judgementOf(scan) };
}

const flagging = (count: number, label: string, category: EngineAnswer['category'] = 'malicious'): EngineAnswer[] =>
  ['Microsoft', 'Kaspersky', 'BitDefender', 'ESET-NOD32', 'Sophos', 'Symantec', 'Avira', 'Fortinet', 'DrWeb', 'Ikarus']
    .slice(0, count)
    .map((engine) => ({ engine, category, label, version: '1.2', updated: '20260314' }));
const quiet = (count: number, category: EngineAnswer['category'] = 'undetected'): EngineAnswer[] =>
  Array.from({ length: count }, (_, number) => ({ engine: `Engine ${number + 1}`, category }));

function done(engines: EngineAnswer[], facts: Partial<Facts> = {}, age = 0): Outcome {
  const known: Facts = { names: ['setup.exe', 'installer.exe'], tags: ['peexe', 'signed'], ...facts };
  const report = { engines, analysedAt: now - age, facts: known, link: 'https://www.virustotal.com/gui/file/f0' };
  return { kind: 'done', askedAt: now, unlocked: false, report };
}

const everythingKnown: Partial<Facts> = {
  type: 'Win32 EXE',
  threatLabel: 'trojan.agenttesla',
  firstSeen: now - 40 * day,
  signature: { state: 'revoked', signer: 'ACME Ltd.' },
  reputation: -50,
  votes: { harmless: 1, malicious: 12 },
  sandboxes: [{ name: 'Zenbox', verdict: 'malicious' }],
  malwareFamilies: ['AgentTesla'],
  yara: ['suspicious_packer'],
  sigma: { critical: 1, high: 2, medium: 3, low: 0, titles: ['Suspicious PowerShell'] },
  intrusions: { high: 1, medium: 0, low: 2, info: 0, titles: ['ET MALWARE Checkin'] },
  distributors: ['ACME'],
  severity: 'high',
};

const failed = (code: Extract<Outcome, { kind: 'error' }>['code']): Outcome => ({ kind: 'error', code });
const url: Source = { kind: 'url', url: 'https://evil.example/page', name: 'hxxps://evil[.]example/page' };

export const finished = {
  malicious: settled(named('setup.exe'), done([...flagging(10, 'Trojan.AgentTesla'), ...quiet(61)], everythingKnown)),
  suspicious: settled(named('tool.exe'), done([...flagging(1, 'Heur.Suspicious'), ...quiet(70)], {}, 20 * day)),
  unwanted: settled(named('toolbar.exe'), done([...flagging(6, 'Adware.Bundler'), ...quiet(60)])),
  misleading: settled(named('invoice.pdf.exe'), done(quiet(70))),
  clean: settled(named('setup.exe'), done(quiet(70), { firstSeen: now - 400 * day })),
  unknown: settled(named('notes.exe'), done(quiet(3))),
  locked: settled(named('secret.zip'), done(quiet(60)), 'archive'),
  unseen: settled(named('new.exe'), failed('engine.unseen')),
  empty: settled(named('empty.txt'), { kind: 'empty' }, 'none'),
  trusted: settled(named('own.exe'), { kind: 'ruled', ruling: 'trusted' }),
  blocked: settled(named('bad.exe'), { kind: 'ruled', ruling: 'blocked' }),
  testFile: settled(named('eicar.com'), done([...flagging(10, 'EICAR-Test-File'), ...quiet(50)], { size: 68 }), 'none'),
  address: settled(url, done([...flagging(5, 'phishing'), ...quiet(60, 'harmless')]), 'none'),
} satisfies Record<string, FinishedView>;

export const failure = (code: Extract<Outcome, { kind: 'error' }>['code'], source = named('setup.exe')) =>
  settled(source, failed(code), 'none');

export function open(activity: Activity | undefined): OpenView {
  const scan: OpenScan = { ...base, stage: 'ready', source: named('setup.exe') };
  return { scan, activity };
}

const places = ['turn', 'minute', 'share', 'day', 'month', 'key', 'outage'] as const;
export const activities: (Activity | undefined)[] = [
  undefined,
  { kind: 'queued' },
  { kind: 'downloading', bytes: 400_000, total: 1_200_000 },
  { kind: 'lookingUp' },
  { kind: 'uploading', bytes: 400_000, total: 1_200_000 },
  { kind: 'analysing', answered: 40, flagged: 0 },
  { kind: 'analysing', answered: 40, flagged: 4 },
  { kind: 'unreachable' },
  ...places.map((reason) => ({ kind: 'waiting' as const, place: { for: reason, ahead: 3, until: now + 90_000 } })),
];
