import type { Tone } from '../../verdict/word.ts';
import { format } from './format.ts';

const { number } = format;

/** What an upload setting means for whoever posts a file. */
export const uploads = {
  auto: 'A file that VirusTotal does not know is uploaded there, with its name. VirusTotal shares it with its partners.',
  ask: 'A file that VirusTotal does not know is uploaded only if its author or a moderator agrees: VirusTotal shares it with its partners.',
  'hash-only': 'The files themselves are never uploaded.',
};

export const help = {
  title: 'What this bot does',
  about:
    'It tells whether a file is malware: more than 70 antivirus engines at [VirusTotal](https://www.virustotal.com) say what they think of it.',
  commandsTitle: 'Commands',
  commands: {
    vtscan: 'scans files',
    vturl: 'checks a web address',
    vtresult: 'shows an earlier scan again, by its token',
    vtreport: 'shows what VirusTotal knows about a file, without an upload',
    vtquota: 'says how much can be scanned today',
    vtconfig: 'the settings of this server',
    about: 'who runs this bot',
  },
  menu: 'Or long-press or right-click a message: **Apps**, **Scan attachments**.',
  wordsTitle: 'What the words mean',
  words: {
    malicious: '**Malicious**: enough engines flag it. Do not open it.',
    suspicious: '**Suspicious**: a few engines flag it. A false alarm, or new malware.',
    unwanted: '**Unwanted**: adware and the like. A nuisance, not an attack.',
    misleading: '**Misleading name**: no engine flags it, but it pretends to be another kind of file.',
    clean: '**No engine flagged it**: a good sign, not a guarantee.',
    warned: '**…, but be careful**: something else speaks against it.',
    locked: '**Locked**: nobody could look inside. Treat it as unsafe.',
    unknown: '**Unknown**: too few engines gave an opinion. Treat it as unsafe.',
    failed: '**Not scanned**: nobody knows. Treat it as unsafe.',
  } satisfies Partial<Record<Tone, string>>,
  sentTitle: 'What is sent where',
  sent: 'The fingerprint (SHA-256) of a file goes to VirusTotal.',
  uploads,
  private: '`private` hides the reply, not the file. With `password`, the password goes to VirusTotal, once.',
  watched: {
    none: 'In this server files are scanned only when somebody asks.',
    all: 'In this server files are scanned in every channel.',
    some: (channels: string) => `In this server files are scanned in ${channels}.`,
  },
};

export const about = {
  title: (name: string, version: string) => `${name} · vtscan ${version}`,
  operators: (who: string) => `**Run by** ${who}. Ask them about your data.`,
  unknownOperator: '**Run by** somebody whose name Discord does not tell.',
  key: (unknown: number, mostlyKnown: number) =>
    `**Capacity**: about ${number(unknown)} new files a day, or ${number(mostlyKnown)} if VirusTotal knows four out of five.`,
  kept: '**Kept**: results for 30 days, then they are deleted. `/vtresult` has a button that deletes your own at once.',
  links:
    '[VirusTotal: how it works](https://docs.virustotal.com/docs/how-it-works) · [its terms](https://docs.virustotal.com/docs/terms-of-service) · [its privacy notice](https://docs.virustotal.com/docs/privacy-policy)',
  noGuarantee:
    'A verdict is the opinion of antivirus engines. It is not a guarantee and does not replace an antivirus.',
};
