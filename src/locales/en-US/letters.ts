import type { Word } from '../../verdict/word.ts';
import { format } from './format.ts';

const { list, number, plural } = format;

type Ground = Extract<Word, 'malicious' | 'suspicious' | 'unwanted' | 'misleading' | 'locked' | 'failed' | 'blocked'>;

const engines =
  'antivirus engines flag it. You may not have known, and they can be wrong. Scan the device that it came from.';
/** Why a member lost something because of a file, and what they can do. */
const becauses = {
  malicious: engines,
  suspicious: engines,
  unwanted: engines,
  misleading: 'its name makes it look like another kind of file. If you did not mean that, rename it.',
  locked: 'it is locked, so nobody can check what is in it. Share it without a password.',
  failed: 'it could not be checked for malware.',
  blocked: 'the moderators have blocked that file.',
} satisfies Record<Ground, string>;

/** The private message to a member whom something befell. */
export const toAuthor = {
  deleted: (count: number, channels: readonly string[]) =>
    plural(count, {
      one: `your message in ${list(channels)} was deleted`,
      other: `${number(count)} of your messages in ${list(channels)} were deleted`,
    }),
  timedOut: (until: string) => `you cannot write until ${until}`,
  quarantined: 'you are quarantined until a moderator releases you',
  kicked: 'the moderators are removing you from the server',
  banned: 'the moderators are banning you from the server',
  letter: (server: string, what: readonly string[], files: readonly string[], outcome: Ground) =>
    `In ${server}, ${list(what)}, because of ${list(files)}: ${becauses[outcome]}`,
  hijacked: (server: string, what: readonly string[]) =>
    `In ${server}, ${list(what)}: your account posted files in several channels at once, as hijacked accounts do. If that was not you, change your Discord password and remove apps that you do not know under Authorized Apps.`,
  reference: (id: string) => `Reference \`${id}\``,
  /** In the server's own words. */
  appeal: (words: string) => `The moderators say:\n${words.replaceAll(/^/gm, '> ')}`,
  noAppeal: 'If you made the file yourself, tell the moderators of that server: they can trust it.',
};
