import type { Word } from '../../verdict/word.ts';
import { acts, capital } from './acts.ts';
import { format } from './format.ts';
import { toAuthor } from './letters.ts';
import { notices } from './notices.ts';

const { list, number, plural } = format;

/** The words of which moderators hear. */
type Outcome = Extract<Word, 'malicious' | 'suspicious' | 'unwanted' | 'misleading' | 'locked' | 'failed'>;

/** What a file is called before its name. */
const kinds = {
  malicious: 'malicious file',
  suspicious: 'suspicious file',
  unwanted: 'unwanted program',
  misleading: 'misleading file name',
  locked: 'locked file that could not be inspected',
  failed: 'file that could not be scanned:',
  blocked: 'file that is blocked here:',
} satisfies Record<Outcome | 'blocked', string>;

export const alerts = {
  title: {
    malicious: 'Malicious file',
    suspicious: 'Suspicious file',
    unwanted: 'Unwanted program',
    misleading: 'Misleading name',
    locked: 'Locked file',
    failed: 'Could not be scanned',
  } satisfies Record<Outcome, string>,
  linkTitle: { malicious: 'Malicious link', suspicious: 'Suspicious link' },
  hijackedTitle: 'Hijacked account?',
  hijacked: (who: string, what: string, channels: readonly string[], seconds: number) =>
    `${who} posted ${what} in ${list(channels)} within ${Math.max(1, seconds)} s`,
  /** `shared`: how many files have the same name and size in every channel. `areSame`: the bytes of one were compared, too. */
  spree: (shared: number, areImages: boolean, areSame: boolean) => {
    if (areSame) return 'the same file';
    if (shared === 0) return 'nothing but images';
    const what = areImages ? 'image' : 'file';
    return plural(shared, {
      one: `${areImages ? 'an' : 'a'} ${what} with the same name and size`,
      other: `${number(shared)} ${what}s with the same names and sizes`,
    });
  },
  /** About messages of a hijacked account that are not, or not yet, known to hold the same file. */
  compared: {
    waiting: (what: string) => `🔎 Comparing ${what}. Nothing happens automatically until that is done.`,
    other: (what: string) =>
      `❗ The bytes are not the same in three channels, so nothing was done automatically about ${what}.`,
    lost: (what: string) =>
      `❗ Could not be compared, because the file is gone or too large, so nothing was done automatically about ${what}.`,
  },
  by: (who: string, kind: 'member' | 'bot' | 'webhook', isForward: boolean) => {
    const verb = isForward ? 'Forwarded by' : 'Posted by';
    return `${verb} ${kind === 'member' ? '' : `the ${kind} `}${who}`;
  },
  place: (channel: string, link: string) => `${channel} ([message](${link}))`,
  /** `more`: empty, or how many places are left out. */
  posted: (by: string, places: readonly string[], more: string) =>
    `${by} in ${places.join(', ')}${more ? ` ${more}` : ''}`,
  created: (when: string) => `account created ${when}`,
  joined: (when: string) => `joined ${when}`,
  left: 'no longer a member',
  flaggedBefore: (count: number) =>
    count === 0
      ? 'never flagged here before'
      : plural(count, { one: 'flagged here once before', other: `flagged here ${number(count)} times before` }),
  copies: (count: number) => `**Posted ${number(count)} times**`,
  more: (count: number) => `and ${number(count)} more`,
  /** `more`: how many names are left out. */
  and: (names: readonly string[], more: number) => list(more > 0 ? [...names, `${number(more)} more`] : names),
  messages: (count: number, people: string, channels: string) =>
    [
      plural(count, { one: 'the message', other: `${number(count)} messages` }),
      people && `by ${people}`,
      `in ${channels}`,
    ]
      .filter(Boolean)
      .join(' '),
  /** A message that neither the bot nor an alert's button has deleted. */
  gone: (what: string) => `Gone: ${what}, deleted by its author or somebody else.`,
  onlyAlert: 'No action was taken automatically.',

  acts,
  /** Beside what was done; empty where there is nothing to add. */
  choices: {
    plain: '',
    tenMinutes: '',
    hour: '',
    day: '',
    fourWeeks: '',
    purge: 'with their messages of the last hour',
    anyway: 'although several engines name malware',
    falseAlarm: 'false alarm',
    handled: 'handled',
    harmless: 'harmless, or a file of our own',
  },
  already: (plain: string, what: string) => `No need to ${plain} ${what}: somebody else was faster.`,
  underWay: (plain: string, what: string, who: string | undefined) =>
    `In progress: ${[plain, what].filter(Boolean).join(' ')}${who ? `, requested by ${who}` : ''}`,
  couldNot: (who: string | undefined, plain: string, what: string) =>
    `${who ? `${who} could` : 'Could'} not ${[plain, what].filter(Boolean).join(' ')}:`,
  hindrances: {
    lacksManageMessages: 'the bot needs **Manage Messages** in that channel.',
    lacksModerateMembers: 'the bot needs **Timeout Members**.',
    lacksKickMembers: 'the bot needs **Kick Members**.',
    lacksBanMembers: 'the bot needs **Ban Members**.',
    lacksManageRoles: 'the bot needs **Manage Roles**, and a role above the quarantine role.',
    outranked: 'that member’s highest role is not below the bot’s, or not below that of the moderator who asked.',
    staff: 'that member moderates here, so the decision is yours.',
    presserLeft: 'the moderator who asked is no longer a member.',
    memberLeft: 'they are no longer a member.',
    notAMember: 'a webhook posted it.',
    noAccess: 'the bot cannot see that channel.',
    noRole: 'this server has no quarantine role: choose one with `/vtconfig`.',
    listFull: 'that list is full. Remove a file from it with `/vtconfig` first.',
    closed: 'they do not accept private messages.',
    tooLate: 'that time is already over.',
    needless: 'there was nothing to do.',
    refused: 'Discord refused it.',
  },

  moreActs: 'More…',
  /** Above the acts that have no button in the alert. */
  moreAbout: 'What else do you want to do?',
  nothingMore: 'There is nothing else that you can do about this alert.',
  nothingLeft: 'There is nothing left to do: it is already done or in progress.',
  ask: (plain: string, what: string) => `**${capital([plain, what].filter(Boolean).join(' '))}?**`,
  choose: { people: 'Whom?', messages: 'Which messages?', files: 'Which files?' },
  chooseFirst: 'Choose below.',
  /** Members who may be chosen, but are not meant. */
  onlyForwarded: (who: string) => `Left out, because they only forwarded it, perhaps as a warning: ${who}.`,
  othersLater: (count: number) => `${count} more can follow after this.`,
  elsewhere: (count: number) =>
    plural(count, {
      one: 'One more message is in a channel where you cannot delete messages.',
      other: `${number(count)} more messages are in channels where you cannot delete messages.`,
    }),
  changed: 'The alert has changed since you were asked. Please look again:',
  leave: 'Dismiss this message to leave everything as it is.',
  reallyTrust: (what: string, count: number) =>
    `**${count} independent engines name malware in ${what}.** If you trust it, nobody here will be warned about it anymore. Trust it anyway?`,
  twoFactor:
    'This server requires two-factor authentication for moderators. Discord does not tell bots who uses it, so vtscan cannot check yours.',
  confirm: {
    plain: (button: string) => button.replace('…', ''),
    tenMinutes: (_: string) => '10 minutes',
    hour: (_: string) => '1 hour',
    day: (_: string) => '1 day',
    fourWeeks: (_: string) => '28 days',
    purge: (_: string) => 'Ban, delete their last hour',
    anyway: (_: string) => 'Trust anyway',
    falseAlarm: (_: string) => 'False alarm',
    handled: (_: string) => 'Handled',
    harmless: (_: string) => 'Harmless or our own',
  },
  noted: 'Noted. The alert will show the result.',
  notAllowed: (permission: string, role: string | undefined) =>
    `You need the permission **${permission}**${role ? ` or the role ${role}` : ''} for that.`,
  noQuarantineRole: 'This server has no quarantine role. Choose one with `/vtconfig` first.',
  unknownCase: 'This alert is too old for its buttons: they work for 30 days.',
  /** For the audit log. */
  reason: (outcome: Outcome | 'blocked', name: string, flagged: number, opinions: number) =>
    `vtscan: ${kinds[outcome]} ${name}${flagged > 0 ? ` (${flagged}/${opinions} engines)` : ''}`,
  hijackedReason: (what: string) => `vtscan: posted ${what} in several channels at once, as hijacked accounts do`,
  pressReason: (who: string, name: string) => `vtscan: ${who} pressed the button, because of ${name}`,

  toAuthor,
  ...notices,
};
