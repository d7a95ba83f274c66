import { type Engine, engines } from './engines.ts';

/** The kinds of result that the sandbox can be asked for; also the words of a content's marker line. */
export const verdicts = [
  'clean',
  'eicar',
  'malicious',
  'one-detection',
  'reputable',
  'suspicious',
  'few-engines',
  'no-engines',
] as const;
export type Verdict = (typeof verdicts)[number];

export type Category =
  | 'confirmed-timeout'
  | 'failure'
  | 'harmless'
  | 'malicious'
  | 'suspicious'
  | 'timeout'
  | 'type-unsupported'
  | 'undetected';

export interface Opinion {
  engine: Engine;
  category: Category;
  label: string | null;
}

type Says = Omit<Opinion, 'engine'>;

const undetected: Says = { category: 'undetected', label: null };
const unsupported: Says = { category: 'type-unsupported', label: null };
const trojans = [
  'Trojan.GenericKD.7105',
  'Win32.Trojan.Agent',
  'Trojan/Generic',
  'Malicious (score: 99)',
  'Mal/Generic',
];
const fewEngines = new Set(['ClamAV', 'Google', 'Kaspersky', 'Microsoft', 'Zillya']);

/** Engines that speak up in an otherwise clean report. */
const lone: Partial<Record<Verdict, Record<string, Says>>> = {
  'one-detection': { MaxSecure: { category: 'malicious', label: 'Trojan.Malware.30098.susgen' } },
  reputable: { Kaspersky: { category: 'malicious', label: 'HEUR:Trojan.Script.Generic' } },
  suspicious: {
    Gridinsoft: { category: 'suspicious', label: 'Susp.Obfuscated_Script.gen' },
    Zillya: { category: 'suspicious', label: 'suspicious' },
  },
};

/** What every engine ends up saying. Of 75 engines 71 give an opinion on EICAR, 67 on a clean program, 59 on any other clean file. */
export function opinions(verdict: Verdict, isProgram: boolean): Opinion[] {
  if (verdict === 'no-engines') return [];
  return engines.map((engine, index) => ({ engine, ...opinion(engine, index, verdict, isProgram) }));
}

function opinion(engine: Engine, index: number, verdict: Verdict, isProgram: boolean): Says {
  if (engine.only === 'mobile') return unsupported;
  if (verdict === 'few-engines') return fewEngines.has(engine.name) ? undetected : unsupported;
  if (verdict === 'eicar' || verdict === 'malicious') {
    if (engine.eicar === undefined) return undetected;
    const label = verdict === 'eicar' ? engine.eicar : (trojans[index % trojans.length] ?? null);
    return { category: 'malicious', label };
  }
  return lone[verdict]?.[engine.name] ?? nothingFound(engine, isProgram);
}

function nothingFound(engine: Engine, isProgram: boolean): Says {
  if (engine.only === 'programs' && !isProgram) return unsupported;
  return engine.trouble ? { category: engine.trouble, label: null } : undetected;
}
