import type { EngineAnswer } from './report.ts';

/**
 * What a flagging engine found. `guess`: the score of a model or a heuristic, which names no threat. `test`: a file made to be
 * detected, such as EICAR's.
 */
export type LabelKind = 'malware' | 'unwanted' | 'guess' | 'test';

/**
 * Words that tell the kinds of labels apart. The first row that matches decides. The vocabulary is that of AVClass (Sebastián
 * and Caballero, "AVClass2", ACSAC 2020, default taxonomy) and of the vendors' own naming pages.
 */
const vocabulary: readonly [LabelKind, RegExp][] = [
  ['test', /eicar|test[-_ ]?(?:file|virus)|\bamtso\b/i],
  // The vendors' own words for "no malware, but maybe unwanted". They outweigh the rest of the label.
  ['unwanted', /not-a-virus|(?:^|[^a-z])pu[apsf](?![a-z])|potentially[ -.]?(?:unwanted|unsafe)|unwnt|unwanted/i],
  ['unwanted', /gr[ae]yware(?!.*kryptik)|riskware|risktool|apprisk|adware|addisplay|\[adw\]/i],
  // Types of the names of Microsoft, DrWeb, BitDefender, Avira and Cyren. A model may have guessed them, as `Program:Win32/X!ml`.
  [
    'unwanted',
    /^(?:program|tool|softwarebundler|browsermodifier|settingsmodifier)[:.](?!.*!ml)|(?:^|[.:])application[.:]|abapplication|^(?:appl|spr)\//i,
  ],
  // Words of models and heuristics, which name nothing.
  [
    'guess',
    /susgen|[!@.]ml\b|@ai\b|\bml[._]|^ml\/|advml|\bai[._ ]?(?:score|detect)|aidetect|machine ?learning|confidence|\bscore\b|heuristics?\b/i,
  ],
  ['guess', /\bsusp(?:icious|ected)?\b|(?:^|[^a-z])possible|^probably|behaveslike|static ai/i],
  // Names of vendors' models and reputation services: of Avast, Baidu, BitDefender, Cyren, FireEye, Fortinet, Kingsoft, Malwarebytes,
  // McAfee, Qihoo, Sangfor, Symantec and Trend Micro, in this order.
  [
    'guess',
    /filerep|wisdomeyes|^gen:nn\.|^ai:|^w(?:in)?(?:32|64)\.common\.|abrisk|^generic\.mg\.|pallas|malware\.kb\./i,
  ],
  ['guess', /^malware\.ai\.|artemis|real protect|^ti!|\bqvm\d|\.save\.a\b|ws\.reputation|\.trx\./i],
  ['malware', /trojan|\btr\/|\[tr[jo]\]|backdoor|ransom|worm|spy|steal|exploit|dropper|downloader|rootkit|phish/i],
  // Tools that some people install on purpose.
  ['unwanted', /hack(?:ing)?-?tool|\bhktl_|keygen|\bcrack|miner\b|\bjoke|\bhoax/i],
];

/** Engines that answer with a model's score, whatever their label says [their pages in VirusTotal's list of contributors]. */
const models = new Set(
  'APEX Acronis ArcticWolf Bkav CrowdStrike Cybereason Cylance Cynet DeepInstinct Elastic Endgame Invincea MaxSecure Paloalto SecureAge SentinelOne SophosML Trapmine eGambit'.split(
    ' ',
  ),
);

/** Returns the kind of a flagging row. The category `suspicious` is a guess. */
export function kindOf({ engine, category, label = '' }: EngineAnswer): LabelKind {
  const kind = vocabulary.find(([, words]) => words.test(label))?.[0] ?? 'malware';
  const isGuess = category === 'suspicious' || models.has(engine);
  return kind === 'malware' && isGuess ? 'guess' : kind;
}
