import type { Place } from '../../scan/ports.ts';
import { format } from './format.ts';

const { number, plural } = format;

export const status = { ready: 'Waiting', progress: 'In progress', error: 'Error' };

/** What happens to a file now, and how far it is. */
export const activity = {
  starting: 'Starting',
  continuing: 'Continuing',
  queued: 'Waiting to be downloaded',
  downloading: 'Downloading',
  lookingUp: 'Asking whether VirusTotal knows it',
  uploading: 'Uploading to VirusTotal',
  analysing: 'Engines are analyzing it',
  unreachable: 'Waiting: VirusTotal cannot be reached',
  retries: 'I keep trying.',
  share: (bar: string, done: string, total: string) => `${bar} ${done} of ${total}`,
  soFar: (done: string) => `${done} so far`,
  answered: (count: number) => plural(count, { one: '1 engine has answered', other: `${count} engines have answered` }),
  flaggedAlready: (count: number) =>
    `Already flagged by ${plural(count, { one: '1 engine', other: `${count} engines` })}: do not open it`,
};

/** Why it waits, as a heading, and for how long. */
export interface Wait {
  now: string;
  more: string;
}

export const waiting = (reason: Place['for'], ahead: number, until: string | undefined): Wait => {
  const turn = ahead > 0 ? `${number(ahead)} ahead of you` : 'you are next';
  switch (reason) {
    case 'turn':
    case 'minute':
      return { now: 'Waiting for VirusTotal', more: until ? `${turn}, expected ${until}` : turn };
    case 'share':
      return {
        now: "Waiting: your share of today's VirusTotal quota is used up",
        more: `Continues when nobody else is waiting, or when the new day starts ${until ?? ''}`.trim(),
      };
    case 'day':
      return {
        now: "Waiting: VirusTotal's daily quota is used up",
        more: `Continues by itself ${until ?? 'tomorrow'}`,
      };
    case 'month':
      return {
        now: "Waiting: VirusTotal's monthly quota is used up",
        more: `Continues by itself ${until ?? 'next month'}`,
      };
    case 'key':
      return {
        now: 'Waiting: VirusTotal refuses the API key',
        more: 'Tell whoever runs this bot: it continues by itself once the key works',
      };
    case 'ownKey':
      return {
        now: "Waiting: this server's VirusTotal key does not work",
        more: 'Tell the moderators: it continues by itself once the right key is in `/vtconfig`',
      };
    case 'outage':
      return {
        now: 'Waiting: VirusTotal is not answering',
        more: 'Continues by itself once VirusTotal is back',
      };
    default:
      return reason satisfies never;
  }
};

export const reply = {
  several: (count: number) => `${count} files`,
  finished: (done: number, count: number) => `${done} of ${count} files finished`,
  /** Either of these, with what was found. */
  found: (files: string, counts: readonly string[]) => (counts.length > 0 ? `${files}: ${counts.join(', ')}` : files),
  stillWorking:
    'Discord lets me edit this reply for 15 minutes only, and the scan is not finished. Press the button later.',
  orByToken: (tokens: readonly string[]) =>
    ['-# Or run `/vtresult` with:', ...tokens.map((token) => `-# Token \`${token}\``)].join('\n'),
  letter: 'You asked for this while I was having trouble, and I can no longer edit my reply there. Here is the result.',
  unreadable: (count: number) =>
    `${plural(count, { one: 'A result', other: `${count} results` })} of this reply can no longer be read.`,
  showResult: 'Show result',
  /** Which message the files are from. */
  from: (link: string) => `From ${link}`,
  onlyFirst: (shown: number, all: number) => `That message has ${all} files; these are the first ${shown}.`,
};

export const watching = {
  toAuthor:
    'If you posted it: you may not have known, and engines can be wrong. Delete your message, and scan the device it came from. If you made the file yourself, tell the moderators: they can trust it.',
};

export const upload = {
  button: 'Upload to VirusTotal?',
  about:
    'An upload is shared with its partners and customers and cannot be undone. Only the person who shared the file or a moderator may press the button.',
  shared: 'Files that VirusTotal does not know are uploaded, and it shares them with its partners and customers.',
  notAllowed: 'Only the person who shared that file, or a member with **Manage Messages**, can upload it.',
  switchedOff: 'Uploads are turned off in this server.',
};

export const forget = {
  button: 'Delete this scan',
  done: 'The scan is deleted here. VirusTotal keeps what it has.',
  notYours: 'That is not your scan.',
  needed:
    'The moderators of a server still look into that file, so its scan stays for now. Try again when they are done.',
};
