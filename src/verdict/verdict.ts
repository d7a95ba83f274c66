import { isReputable, type SubjectKind } from './engineFamilies.ts';
import type { Evidence } from './evidence.ts';
import type { LabelKind } from './labels.ts';
import { type Counts, count, flaggingFamilies } from './opinions.ts';
import type { EngineAnswer } from './report.ts';
import { isAssessedMalicious, type Warning, warningsOn } from './warnings.ts';
import { type Tone, type Word, worst } from './word.ts';

/** Why the verdict has this word: a closed list, for programs. */
export type Reason =
  | 'families'
  | 'reputableFamily'
  | 'testFile'
  | 'unwantedLabels'
  | 'fewFamilies'
  | 'guesses'
  | 'malwareFamily'
  | 'assessment'
  | 'nothingFound'
  | 'belowThreshold'
  | 'contradiction'
  | 'fewOpinions'
  | 'locked'
  | 'maybeLocked'
  | 'misleadingName'
  | 'ruling'
  | 'empty'
  | 'unseen'
  | 'failure';

/** The verdict on a file or an address. One function makes it, and every surface shows it. */
export interface Judgement {
  word: Word;
  reason: Reason;
  /** What to know besides the word. Warnings do not change the word. */
  warnings: readonly Warning[];
  counts: Counts;
}

/** Its word, or `warned` where no engine flags it, but something else speaks against it. */
export const toneOf = ({ word, warnings }: Judgement): Tone =>
  word === 'clean' && warnings.length > 0 ? 'warned' : word;

/** The thresholds that a server may choose. */
export interface Thresholds {
  /** How many families must call it malware for it to be malicious. */
  malicious: number;
  /** How many families must flag it for it to be suspicious. */
  suspicious: number;
}

/**
 * Three: most files with one or two flags lose them again, and from thresholds of that size on the label agrees with the final
 * one for nearly all files (Zhu et al., USENIX Security 2020).
 */
export const defaultThresholds: Thresholds = { malicious: 3, suspicious: 1 };

/**
 * How many opinions, none of them bad, the word clean requires. Captured reports of files have 56 to 75 opinions, those of
 * addresses 62 to 71: far fewer mean that the analysis broke off.
 */
export const enoughOpinions = { file: 10, url: 20 } satisfies Record<SubjectKind, number>;

/** The rule that turns the engines' answers and the other evidence into one judgement. */
export function judge(evidence: Evidence, thresholds: Thresholds = defaultThresholds): Judgement {
  const counts = count(evidence.engines, evidence.subject);
  const byEngines = counts.flagged > 0 ? onFlags(evidence, thresholds) : onSilence(evidence, counts.opinions);
  const [word, reason] = onFacts(evidence, byEngines[0]) ?? byEngines;
  return { word, reason, counts, warnings: warningsOn(evidence, word) };
}

/** What VirusTotal itself is sure of counts like a flag, even if no engine flags the file: new malware is often found this way first. */
function onFacts({ facts }: Evidence, word: Word): [Word, Reason] | undefined {
  if (worst([word, 'suspicious']) === word) return undefined;
  if (facts?.malwareFamilies?.length) return ['suspicious', 'malwareFamily'];
  return isAssessedMalicious(facts) ? ['suspicious', 'assessment'] : undefined;
}

/** No engine flags it. Silence is not safety: it counts only if the engines could look inside. */
function onSilence({ subject, lock, disguises, facts }: Evidence, opinions: number): [Word, Reason] {
  if (disguises.length > 0) return ['misleading', 'misleadingName'];
  if (lock !== 'open') return ['locked', lock === 'locked' ? 'locked' : 'maybeLocked'];
  if (facts?.counted && facts.counted.flagged > 0) return ['unknown', 'contradiction'];
  return opinions < enoughOpinions[subject] ? ['unknown', 'fewOpinions'] : ['clean', 'nothingFound'];
}

/** At least one engine flags it, so it is never clean. */
function onFlags(evidence: Evidence, thresholds: Thresholds): [Word, Reason] {
  const { engines, subject } = evidence;
  const families = flaggingFamilies(engines, subject);
  const of = (...kinds: LabelKind[]) => [...families].filter(([, kind]) => kinds.includes(kind)).map(([name]) => name);
  const malware = of('malware', 'test');
  const unwanted = of('unwanted').length;
  // "Most call it unwanted" must be true where models object that name nothing.
  if (unwanted > malware.length && unwanted * 2 >= families.size) return ['unwanted', 'unwantedLabels'];

  const named = isTestFile(evidence) && of('test').length > of('malware').length ? 'testFile' : undefined;
  if (malware.length >= thresholds.malicious) return ['malicious', named ?? 'families'];
  // A server that requires more families than the default gets no shortcut through reputable ones.
  const isStrict = thresholds.malicious > defaultThresholds.malicious;
  if (!isStrict && malware.length >= 2 && malware.some((family) => isReputable(family, subject)))
    return ['malicious', named ?? 'reputableFamily'];
  if (families.size < thresholds.suspicious) return ['unknown', 'belowThreshold'];
  return ['suspicious', malware.length > 0 ? 'fewFamilies' : 'guesses'];
}

/**
 * The test file that engines report by agreement (eicar.org): 68 characters, behind which up to 60 of white space may stand. Something
 * larger that holds it, an archive for example, may hold anything else. EICAR itself hands out the file and two archives of it.
 */
const longestTestFile = 128;
const testFiles = [
  '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
  '2546dcffc5ad854d4ddc64fbf056871cd5a00f2471cb7a5bfd4ac23b6e9eedad',
  'e1105070ba828007508566e28a2b8d4c65d192e9eaf3b7868382b7cae747b397',
];

const isTestFile = ({ size, sha256 = '' }: Evidence) =>
  (size !== undefined && size <= longestTestFile) || testFiles.includes(sha256);

/** Whether the engines' answers alone make it malicious, whatever else is known. */
export const isMalicious = (engines: readonly EngineAnswer[], subject: SubjectKind): boolean =>
  judge({ subject, engines, lock: 'open', disguises: [] }).word === 'malicious';
