import type { FailureCode } from '../../scan/failure.ts';
import { openPerMember } from '../../scan/limits.ts';

/** Why it failed, and what the reader can do. */
export interface Trouble {
  why: string;
  todo: string;
}

/** With what went wrong as a heading. */
interface TitledTrouble extends Trouble {
  title: string;
}

/** Where there is no file to share again: a hash or an address was asked about. */
export const failuresWithoutFile = {
  'engine.quota': { why: 'The VirusTotal quota is used up.', todo: 'Ask again later.' },
  'engine.unavailable': { why: 'VirusTotal cannot be reached.', todo: 'Ask again in a few minutes.' },
  'engine.notReady': { why: 'VirusTotal has no result yet.', todo: 'Ask again in a few minutes.' },
  'engine.refused': {
    why: 'VirusTotal rejected the request.',
    todo: 'If that happens twice, tell whoever runs this bot.',
  },
  'engine.unreadable': { why: 'VirusTotal sent an answer that this bot cannot read.', todo: 'Ask again later.' },
  'engine.noResults': {
    why: 'VirusTotal knows it, but no engine gave an opinion.',
    todo: 'Treat it as unsafe, and ask again later.',
  },
  'scan.deadline': {
    why: 'VirusTotal is taking unusually long.',
    todo: 'Ask again later: the result may be ready then.',
  },
  'scan.internal': {
    why: 'Something went wrong in this bot.',
    todo: 'Ask again; its operator can find details in the log.',
  },
} satisfies Partial<Record<FailureCode, Trouble>>;

export const failures = {
  'file.tooLarge': {
    title: 'Too large to scan',
    why: 'It is larger than 650 MB, the most that VirusTotal accepts.',
    todo: 'It cannot be scanned here.',
  },
  'file.unreadable': {
    title: 'The file cannot be read',
    why: 'The file cannot be read.',
    todo: 'Check its path and permissions.',
  },
  'file.noRoom': {
    title: 'No room for the file',
    why: 'This bot has no room for the file.',
    todo: 'It was not scanned. Tell whoever runs this bot.',
  },
  'download.notAllowed': {
    title: 'Not downloaded: its link leads elsewhere',
    why: 'Its link leads to a site that this bot does not download from.',
    todo: 'Upload the file to Discord itself.',
  },
  'download.gone': {
    title: 'Discord no longer has the file',
    why: 'Discord no longer has the file.',
    todo: 'Share it again and run `/vtscan` on it.',
  },
  'download.failed': {
    title: 'Not downloaded',
    why: 'The file could not be downloaded from Discord.',
    todo: 'Run `/vtscan` on it again.',
  },
  'download.oversized': {
    title: 'Larger than announced',
    why: 'The file is larger than Discord announced.',
    todo: 'Share it again. If that happens twice, do not open it.',
  },
  'download.changed': {
    title: 'The file has changed',
    why: 'Its link no longer leads to the file that was shared.',
    todo: 'Run `/vtscan` on it again.',
  },
  'engine.badKey': {
    title: 'VirusTotal refuses the API key',
    why: 'VirusTotal refuses the API key.',
    todo: 'It was not scanned. Tell whoever runs this bot, or the moderators if this server has its own key.',
  },
  'engine.noKey': {
    title: 'This server needs its own VirusTotal key',
    why: 'This server has no VirusTotal key of its own, and whoever runs this bot does not lend one for this.',
    todo: 'It was not scanned. Ask a moderator to enter a key in `/vtconfig`.',
  },
  'engine.forbidden': {
    title: 'The API key does not allow this',
    why: 'The API key of this bot does not allow this.',
    todo: 'It was not scanned. Tell whoever runs this bot.',
  },
  'engine.unsupported': {
    title: "Not possible with VirusTotal's older API",
    why: "VirusTotal's older API, which this bot uses, cannot do that.",
    todo: 'It supports no passwords, no second analysis and no file above 32 MB. Whoever runs this bot can switch to the newer one.',
  },
  'engine.quota': {
    title: 'VirusTotal quota used up',
    why: 'The VirusTotal quota is used up.',
    todo: 'Run `/vtscan` on it again later.',
  },
  'engine.unavailable': {
    title: 'VirusTotal cannot be reached',
    why: 'VirusTotal cannot be reached.',
    todo: 'Run `/vtscan` on it again in a few minutes.',
  },
  'engine.notReady': {
    title: 'No result yet',
    why: 'VirusTotal has no result yet.',
    todo: 'Run `/vtscan` on it again in a few minutes.',
  },
  'engine.refused': {
    title: 'Refused by VirusTotal',
    why: 'VirusTotal refused the file.',
    todo: 'If that happens twice, tell whoever runs this bot.',
  },
  'engine.password': {
    title: 'Wrong password',
    why: 'That password does not open it, or it is not an archive of one file.',
    todo: 'Run `/vtscan` on it again with the right one, or without.',
  },
  'engine.unreadable': {
    title: "VirusTotal's answer cannot be read",
    why: 'VirusTotal sent an answer that this bot cannot read.',
    todo: 'Run `/vtscan` on it again later.',
  },
  'engine.noResults': {
    title: 'No engine gave an opinion',
    why: 'VirusTotal knows it, but no engine gave an opinion.',
    todo: 'Treat it as unsafe, and run `/vtscan` on it again later.',
  },
  'engine.unseen': {
    title: 'Never seen by VirusTotal',
    why: 'VirusTotal has never seen it, and it was not uploaded.',
    todo: 'That says nothing about it: treat it as unsafe.',
  },
  'scan.deadline': {
    title: 'VirusTotal takes too long',
    why: 'VirusTotal is taking unusually long.',
    todo: 'Run `/vtscan` on it again later: the result may be ready then.',
  },
  'scan.internal': {
    title: 'Something went wrong in this bot',
    why: 'Something went wrong in this bot.',
    todo: 'Run `/vtscan` on it again; its operator can find details in the log.',
  },
} satisfies Record<FailureCode, TitledTrouble>;

export const refusals = {
  unknownToken: 'Unknown token. Results are kept for 30 days.',
  notAToken: 'Not a token: 64 hex characters',
  tooManyOpen: (open: number, wanted: number) =>
    `Nothing was scanned: ${open} of your files are still being scanned, and with these ${wanted} it would be more than ${openPerMember}. Try again when some are finished.`,
  noAttachments: 'That message has no attachments, and no links that need a scan.',
  notFinished: 'That scan is not finished yet.',
  outdated: 'This button is from an older version. Use `/vtresult` with the token instead.',
  busy: 'This bot is busy right now, so that may not have worked. Try again in a moment.',
  internal: 'Something went wrong in this bot. Try again; its operator can find details in the log.',
};
