import type { Place } from '../../scan/ports.ts';

export const status = { ready: 'Waiting', progress: 'In progress', error: 'Error' };

export const activity = {
  queued: 'Waiting for its turn to be downloaded',
  downloading: (bar: string, done: string, total: string) => `Downloading ${bar} ${done} of ${total}`,
  downloadingSome: (done: string) => `Downloading, ${done} so far`,
  lookingUp: 'Asking whether VirusTotal knows it',
  uploading: (bar: string, done: string, total: string) => `Uploading to VirusTotal ${bar} ${done} of ${total}`,
  analysing: 'Engines are analysing it',
  analysingSome: (answered: number) => `Engines are analysing it: ${answered} have answered`,
  flaggedAlready: (flagged: number) => `**${flagged} flagged it already: do not open it.**`,
  starting: 'Starting',
  resuming: 'Resuming after a restart',
};

export const waiting = (reason: Place['for'], ahead: number, until: string | undefined): string => {
  const turn = ahead > 0 ? `${ahead} ahead of you` : 'you are next';
  switch (reason) {
    case 'turn':
    case 'minute':
      return until ? `Waiting for VirusTotal: ${turn}, expected ${until}` : `Waiting for VirusTotal: ${turn}`;
    case 'share':
      return `You or this server have used your share of today's VirusTotal quota. This is scanned when nobody else is waiting, or when the new day starts ${until ?? ''}`.trim();
    case 'day':
      return `Today's VirusTotal quota is used up. It continues by itself ${until ?? 'tomorrow'}`;
    case 'month':
      return `This month's VirusTotal quota is used up. It continues by itself ${until ?? 'next month'}`;
    case 'key':
      return 'VirusTotal refuses the API key. It continues by itself once whoever runs this bot has fixed the key';
    default:
      return reason satisfies never;
  }
};

export const reply = {
  several: (count: number) => `${count} files`,
  finished: (done: number, count: number) => `${done} of ${count} files finished`,
  verdictCount: (icon: string, count: number) => `${icon} ${count}`,
  stillWorking:
    'Discord lets me edit this reply for 15 minutes only, and the scan is not finished. Press the button later.',
  unreadable: (count: number) =>
    `${count === 1 ? 'A result' : `${count} results`} of this reply can no longer be read.`,
  showResult: 'Show result',
  onlyFirst: (shown: number, all: number) => `That message has ${all} files; these are the first ${shown}.`,
};

export const watching = {
  scanning: '⏳',
  failed: '❌',
  toAuthor:
    'If you posted it: you may not have known, and engines can be wrong. Delete your message, and scan the device it came from. If you made the file yourself, tell the moderators: they can trust it.',
};

export const upload = {
  button: 'Upload to VirusTotal?',
  about:
    'VirusTotal has never seen it. An upload is shared with its partners and customers and cannot be undone. Only the person who shared the file or a moderator may press the button.',
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
