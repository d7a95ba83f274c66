import type { Disguise } from '../scan/disguise.ts';
import type { FailureCode } from '../scan/failure.ts';
import { openPerMember } from '../scan/limits.ts';
import type { Place } from '../scan/ports.ts';
import type { Category } from '../scan/report.ts';
import type { Verdict } from '../scan/verdict.ts';

/** Why it failed, and what the reader can do. */
interface Trouble {
  why: string;
  todo: string;
}

/**
 * Every sentence that a person reads. This object is the type of every later locale. Arguments are ready to be shown:
 * names are inline code, moments and sizes are formatted.
 */
export const enUS = {
  commands: {
    vtscan: {
      description: 'Ask VirusTotal whether files are malware',
      file: 'The file to scan. VirusTotal shares what it gets with its partners: send nothing confidential',
      moreFiles: 'One more file for the same reply',
      password: 'Opens an encrypted archive of one file; used once, never shown or kept',
      private: 'Only you see the reply. The file still goes to VirusTotal, where others can get it',
    },
    vtresult: {
      description: 'The result of an earlier scan',
      token: 'The token that the scan gave you: 64 hex characters',
    },
    vtquota: { description: "What is left of the bot's VirusTotal quota, and who waits for it" },
    scanAttachments: 'Scan attachments',
  },

  status: { ready: 'Waiting', progress: 'In progress', error: 'Error' },

  verdicts: {
    malicious: { icon: '🔴', word: 'Malicious: do not open it' },
    suspicious: { icon: '🟠', word: 'Suspicious: better not open it' },
    clean: { icon: '🟢', word: 'No engine flagged it' },
    unknown: { icon: '⚪', word: 'Unknown: nobody can say' },
  } satisfies Record<Verdict, { icon: string; word: string }>,

  advice: {
    malicious:
      'Delete it. If you opened it already, take that device off the network and scan it with an up-to-date antivirus.',
    suspicious: 'It may be a false alarm. Open it only if you know who made it and expected it from them.',
    clean: 'That is a good sign, not a guarantee: new malware is found late. Open it only if you expected it.',
    unknown: 'Too few engines gave an opinion on it. Treat it as unsafe.',
    unopened: 'It is a locked archive, and the engines could not look inside. Run `/vtscan` on it with its password.',
  } satisfies Record<Verdict | 'unopened', string>,

  card: {
    engines: (flagged: number, opinions: number) => `**${flagged}/${opinions} engines**`,
    more: (count: number) => `and ${count} more`,
    analysed: (when: string) => `analysed ${when}`,
    firstSeen: (when: string) => `first seen ${when}`,
    token: (token: string) => `Token \`${token}\``,
    sha256: (hash: string) => `SHA-256 \`${hash}\``,
    allDetections: 'All detections',
    virusTotal: 'VirusTotal',
    choose: 'Show one file in full (only you see it)',
  },

  disguise: (found: Disguise): string => {
    switch (found.kind) {
      case 'doubleExtension':
        return `⚠️ Its name looks like a \`.${found.shown}\`, but it is a program (\`.${found.real}\`).`;
      case 'otherContent':
        return `⚠️ It is named \`.${found.claimed}\`, but its content is \`.${found.real}\`.`;
      case 'direction':
        return '⚠️ Its name hides characters that turn the reading direction around.';
      default:
        return found satisfies never;
    }
  },

  activity: {
    queued: 'Waiting for its turn to be downloaded',
    downloading: (bar: string, done: string, total: string) => `Downloading ${bar} ${done} of ${total}`,
    downloadingSome: (done: string) => `Downloading, ${done} so far`,
    lookingUp: 'Asking whether VirusTotal knows it',
    uploading: (bar: string, done: string, total: string) => `Uploading to VirusTotal ${bar} ${done} of ${total}`,
    analysing: 'Engines are analysing it',
    analysingSome: (answered: number) => `Engines are analysing it: ${answered} have answered`,
    flaggedAlready: (flagged: number) => `**${flagged} flagged it already: do not open it.**`,
    resuming: 'Going on where it was',
  },

  waiting: (reason: Place['for'], ahead: number, until: string | undefined): string => {
    const turn = ahead > 0 ? `${ahead} ahead of you` : 'You are next';
    switch (reason) {
      case 'turn':
      case 'minute':
        return until ? `Waiting for VirusTotal: ${turn}, ${until}` : `Waiting for VirusTotal: ${turn}`;
      case 'day':
        return `Today's VirusTotal quota is used up. It goes on by itself ${until ?? 'tomorrow'}`;
      case 'month':
        return `This month's VirusTotal quota is used up. It goes on by itself ${until ?? 'next month'}`;
      case 'key':
        return 'VirusTotal refuses the API key. It goes on by itself when whoever runs this bot has mended it';
      default:
        return reason satisfies never;
    }
  },

  failures: {
    'file.tooLarge': { why: 'It is larger than the 650 MB that VirusTotal takes.', todo: 'It cannot be scanned here.' },
    'file.unreadable': { why: 'The file cannot be read.', todo: 'Check its path and permissions.' },
    'download.notAllowed': {
      why: 'Its link leads outside the places that files are taken from.',
      todo: 'Upload the file to Discord itself.',
    },
    'download.gone': { why: 'Discord no longer has the file.', todo: 'Share it again and run `/vtscan` on it.' },
    'download.failed': { why: 'The file could not be downloaded from Discord.', todo: 'Run `/vtscan` on it again.' },
    'download.oversized': {
      why: 'More bytes came than Discord said that it has.',
      todo: 'Share it again. If that happens twice, do not open it.',
    },
    'engine.badKey': {
      why: 'VirusTotal refuses the API key of this bot.',
      todo: 'Tell whoever runs this bot; it was not scanned.',
    },
    'engine.forbidden': {
      why: 'The API key of this bot may not do that.',
      todo: 'Tell whoever runs this bot; it was not scanned.',
    },
    'engine.quota': { why: 'The VirusTotal quota is used up.', todo: 'Run `/vtscan` on it again later.' },
    'engine.unavailable': { why: 'VirusTotal cannot be reached.', todo: 'Run `/vtscan` on it again in a few minutes.' },
    'engine.notReady': { why: 'VirusTotal has no result yet.', todo: 'Run `/vtscan` on it again in a few minutes.' },
    'engine.refused': {
      why: 'VirusTotal refused the file.',
      todo: 'If that happens twice, tell whoever runs this bot.',
    },
    'engine.password': {
      why: 'Wrong password, or not an archive of one file.',
      todo: 'Run `/vtscan` on it again with the right one, or without.',
    },
    'engine.unreadable': {
      why: 'VirusTotal gave an answer that makes no sense.',
      todo: 'Run `/vtscan` on it again later.',
    },
    'engine.noResults': {
      why: 'VirusTotal finished without the word of a single engine.',
      todo: 'Treat it as unsafe, and run `/vtscan` on it again later.',
    },
    'engine.unseen': {
      why: 'VirusTotal has never seen it, and it was not uploaded.',
      todo: 'That says nothing about it: treat it as unsafe.',
    },
    'scan.deadline': {
      why: 'VirusTotal takes unusually long over it.',
      todo: 'Run `/vtscan` on it again later: it will ask first whether the result is there.',
    },
    'scan.internal': {
      why: 'Something went wrong in this bot.',
      todo: 'Run `/vtscan` on it again; its operator finds more in the log.',
    },
  } satisfies Record<FailureCode, Trouble>,

  reply: {
    several: (count: number) => `${count} files`,
    finished: (done: number, count: number) => `${done} of ${count} files finished`,
    verdictCount: (icon: string, count: number) => `${icon} ${count}`,
    stillWorking:
      'Discord lets me change a private reply for 15 minutes only, and it is not finished. Press the button later.',
    showResult: 'Show result',
    onlyFirst: (shown: number, all: number) => `That message has ${all} files; these are the first ${shown}.`,
  },

  pages: {
    title: (name: string) => `All detections of ${name}`,
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    previous: 'Previous',
    next: 'Next',
    row: (category: Category, engine: string, label: string | undefined) =>
      label ? `${engine} · ${label}` : `${engine} · ${category}`,
    none: 'No engine has answered.',
  },

  quota: {
    title: 'VirusTotal quota',
    keyRefused: '⚠️ VirusTotal refuses the API key. Tell whoever runs this bot.',
    minute: 'This minute',
    day: 'Today',
    month: 'This month',
    gauge: (used: number, allowed: number, left: number) => `${used}/${allowed} used, ${left} left`,
    resets: (when: string) => `resets ${when}`,
    lastDay: 'Last 24 hours',
    waiting: 'Waiting',
    waitingFiles: (interactive: number, automatic: number, everywhere: boolean) =>
      `${interactive} asked for, ${automatic} watched ${everywhere ? 'everywhere' : 'here'}`,
    today: 'Verdicts today',
    verdicts: (count: number) => `${count}`,
    known: (percent: number) => `${percent} % of the files were known`,
    perVerdict: (calls: string) => `${calls} requests each`,
  },

  refusals: {
    unknownToken: 'Unknown token. Results are kept for 30 days.',
    notAToken: 'Not a token: 64 hex characters',
    tooManyOpen: (open: number, wanted: number) =>
      `Nothing was scanned: you have ${open} files open, and with these ${wanted} it would be more than ${openPerMember}. Try again when some are finished.`,
    noAttachments: 'That message has no attachments.',
    notFinished: 'That scan is not finished yet.',
    outdated: 'This button is of an older version. Use `/vtresult` with the token instead.',
    internal: 'Something went wrong in this bot. Try again; its operator finds more in the log.',
  },
};

export type Locale = typeof enUS;
