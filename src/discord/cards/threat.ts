import type { Locale } from '../../locales/en-US.ts';
import { isFlagged } from '../../verdict/opinions.ts';
import type { EngineAnswer, Report } from '../../verdict/report.ts';
import { escaped } from './text.ts';

type Kind = keyof Locale['threats'];

/** The words of labels, in the order in which they decide: special kinds before common ones. */
const words: readonly [Kind, RegExp][] = [
  ['test', /eicar|test[-_ ]?file/i],
  ['ransomware', /ransom|locker|cryptor/i],
  ['phishing', /phish/i],
  ['pua', /\bpu[aps]\b|not-a-virus|unwanted|riskware|grayware/i],
  ['adware', /adware|addisplay/i],
  ['miner', /miner/i],
  ['hacktool', /hack-?tool|keygen|crack/i],
  ['spyware', /spy|steal|keylog|\bpws\b|banker/i],
  ['backdoor', /backdoor|\brat\b/i],
  ['rootkit', /rootkit/i],
  ['downloader', /downloader|dropper|\btrojandl/i],
  ['exploit', /exploit|\bcve-/i],
  ['worm', /worm/i],
  ['trojan', /trojan|\btr\/|\[tr[jo]\]/i],
  ['virus', /virus/i],
];

/** Family names without a meaning. */
const nameless = /^(?:generic|gen|agent|heur|malware|msil|script|misc|possible|based|variant|test)?$/i;

/** Family names in their usual spelling, which labels lose. */
const families = new Map<string, string>(
  Object.entries({
    agenttesla: 'Agent Tesla',
    asyncrat: 'AsyncRAT',
    blackmatter: 'BlackMatter',
    cobaltstrike: 'Cobalt Strike',
    coinminer: 'CoinMiner',
    darkcomet: 'DarkComet',
    eicar: 'EICAR',
    formbook: 'FormBook',
    gandcrab: 'GandCrab',
    guloader: 'GuLoader',
    icedid: 'IcedID',
    lockbit: 'LockBit',
    lokibot: 'LokiBot',
    lummastealer: 'Lumma Stealer',
    nanocore: 'NanoCore',
    netwire: 'NetWire',
    njrat: 'njRAT',
    orcusrat: 'Orcus RAT',
    quasarrat: 'Quasar RAT',
    redline: 'RedLine Stealer',
    smokeloader: 'SmokeLoader',
    snakekeylogger: 'Snake Keylogger',
    stealc: 'StealC',
    trickbot: 'TrickBot',
    wannacry: 'WannaCry',
    wannacryptor: 'WannaCry',
    xmrig: 'XMRig',
    xworm: 'XWorm',
  }),
);

const longestLabel = 60;

/**
 * Returns what a file or an address is called, in words such as "Trojan, Agent Tesla". If no words are known, the first label.
 * undefined: no label.
 */
export function threatOf({ engines, facts }: Report, { threats, text }: Locale): string | undefined {
  const labels = engines.filter(isFlagged).flatMap(({ label }) => label ?? []);
  const suggested = facts?.threatLabel?.split(/[./]/) ?? [];
  const kind = isTest(facts?.threatLabel) ? 'test' : (kindOf(suggested[0] ?? '') ?? mostNamed(labels));
  const family = [...(facts?.malwareFamilies ?? []), ...suggested.slice(1)].find((name) => !nameless.test(name.trim()));
  const named = [kind && threats[kind], family && familyName(family)].filter((word) => word !== undefined);
  if (named.length > 0) return text.capital(text.joined(named));
  return labels[0] && escaped(labels[0], longestLabel);
}

const isTest = (label = '') => kindOf(label) === 'test';

const kindOf = (label: string): Kind | undefined => words.find(([, pattern]) => pattern.test(label))?.[0];

/** Returns the kind that most labels name. Among equals, the more usual one: the others are of that kind as well. */
function mostNamed(labels: readonly string[]): Kind | undefined {
  const named = labels.flatMap((label) => kindOf(label) ?? []);
  const votes = (kind: Kind) => named.filter((one) => one === kind).length;
  return words
    .map(([kind]) => kind)
    .reduce<Kind | undefined>((best, kind) => {
      const most = best ? votes(best) : 0;
      return votes(kind) > 0 && votes(kind) >= most ? kind : best;
    }, undefined);
}

function familyName(family: string): string {
  return families.get(family.toLowerCase()) ?? escaped(family.charAt(0).toUpperCase() + family.slice(1), longestLabel);
}

/** Engines that most readers know, the best-known first. */
const wellKnown = [
  'Microsoft',
  'Kaspersky',
  'BitDefender',
  'ESET-NOD32',
  'ESET',
  'Google Safebrowsing',
  'Sophos',
  'Symantec',
  'Avast',
  'Avira',
  'Fortinet',
];
const mostNames = 3;

/** Returns some engines that flagged it, one of each family, because scanners that share an engine are one opinion. */
export function flaggers(engines: readonly EngineAnswer[], familyOf: (engine: string) => string): string[] {
  const fame = ({ engine }: EngineAnswer) =>
    (wellKnown.indexOf(engine) + wellKnown.length + 1) % (wellKnown.length + 1);
  const names = new Map<string, string>();
  for (const { engine } of engines.filter(isFlagged).toSorted((a, b) => fame(a) - fame(b))) {
    const family = familyOf(engine);
    if (!names.has(family)) names.set(family, escaped(engine, 30));
  }
  return Array.from(names.values()).slice(0, mostNames);
}
