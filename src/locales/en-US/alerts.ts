import type { Word } from '../../verdict/word.ts';
import { acts, capital } from './acts.ts';

const list = new Intl.ListFormat('en');

/** The words of which moderators hear. */
type Outcome = Extract<Word, 'malicious' | 'suspicious' | 'unwanted' | 'misleading' | 'locked' | 'failed'>;

/** What a file is called before its name. */
const kinds = {
  malicious: 'malicious file',
  suspicious: 'suspicious file',
  unwanted: 'unwanted program',
  misleading: 'misleading file name',
  locked: 'locked file that nobody could look into',
  failed: 'file that could not be scanned:',
  blocked: 'file that is blocked here:',
} satisfies Record<Outcome | 'blocked', string>;

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
    `${who} posted ${what} in ${list.format(channels)} within ${Math.max(1, seconds)} s`,
  /** `shared`: how many files have the same name and size in every channel. `areSame`: the bytes of one were compared, too. */
  spree: (shared: number, areImages: boolean, areSame: boolean) => {
    if (areSame) return 'the same file';
    const what = areImages ? 'image' : 'file';
    if (shared === 0) return 'nothing but images';
    return shared === 1
      ? `${areImages ? 'an' : 'a'} ${what} of the same name and size`
      : `${shared} ${what}s of the same names and sizes`;
  },
  /** About messages of a hijacked account that are not, or not yet, known to hold the same file. */
  compared: {
    waiting: (what: string) => `🔎 Comparing ${what}: nothing is done by itself before.`,
    other: (what: string) => `❗ Not the same bytes in three channels, so nothing was done by itself about ${what}.`,
    lost: (what: string) =>
      `❗ Could not be compared, because the file is gone or too large, so nothing was done by itself about ${what}.`,
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
    count === 0 ? 'never flagged here before' : `flagged here ${count === 1 ? 'once' : `${count} times`} before`,
  copies: (count: number) => `**Posted ${count} times**`,
  more: (count: number) => `and ${count} more`,
  and: (names: readonly string[]) => list.format(names),
  messages: (count: number, people: string, channels: string) =>
    [count === 1 ? 'the message' : `${count} messages`, people && `by ${people}`, `in ${channels}`]
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
  already: (plain: string, what: string) => `Nothing left to do to ${plain} ${what}: somebody else was faster.`,
  underWay: (plain: string, what: string, who: string | undefined) =>
    `Under way: ${[plain, what].filter(Boolean).join(' ')}${who ? `, as ${who} asked` : ''}`,
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
    refused: 'Discord refused.',
  },

  moreActs: 'More…',
  /** Above the acts that have no button in the alert. */
  moreAbout: 'What else do you want to do?',
  nothingMore: 'There is nothing else that you may do about this alert.',
  nothingLeft: 'There is nothing left to do: it is done already, or under way.',
  ask: (plain: string, what: string) => `**${capital([plain, what].filter(Boolean).join(' '))}?**`,
  choose: { people: 'Whom?', messages: 'Which messages?', files: 'Which files?' },
  chooseFirst: 'Choose below.',
  /** Members who may be chosen, but are not meant. */
  onlyForwarded: (who: string) => `Only forwarded it, perhaps to warn others, and are left out: ${who}.`,
  othersLater: (count: number) => `${count} more can follow after this.`,
  elsewhere: (count: number) =>
    `${count === 1 ? 'One more message is' : `${count} more messages are`} in channels where you may not delete.`,
  changed: 'The alert has changed since you were asked. Please look again:',
  leave: 'Dismiss this message to leave everything as it is.',
  reallyTrust: (what: string, count: number) =>
    `**${count} independent engines name malware in ${what}.** If you trust it, nobody here is warned of it any more. Trust it anyway?`,
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
  noted: 'Noted. The alert shows what comes of it.',
  /** As Discord names them in its own settings. */
  permissions: {
    ManageMessages: 'Manage Messages',
    ModerateMembers: 'Timeout Members',
    KickMembers: 'Kick Members',
    BanMembers: 'Ban Members',
    ManageRoles: 'Manage Roles',
    ManageGuild: 'Manage Server',
  },
  notAllowed: (permission: string, role: string | undefined) =>
    `You need the permission **${permission}**${role ? ` or the role ${role}` : ''} for that.`,
  noQuarantineRole: 'This server has no quarantine role. Choose one with `/vtconfig` first.',
  unknownCase: 'This alert is too old for its buttons: they work for 30 days.',
  /** For the audit log. */
  reason: (outcome: Outcome | 'blocked', name: string, flagged: number, opinions: number) =>
    `vtscan: ${kinds[outcome]} ${name}${flagged > 0 ? ` (${flagged}/${opinions} engines)` : ''}`,
  hijackedReason: (what: string) => `vtscan: posted ${what} in several channels at once, as hijacked accounts do`,
  pressReason: (who: string, name: string) => `vtscan: ${who} pressed the button, because of ${name}`,

  toAuthor: {
    deleted: (count: number, channels: readonly string[]) =>
      `${count === 1 ? 'your message' : `${count} of your messages`} in ${list.format(channels)} ${count === 1 ? 'was' : 'were'} deleted`,
    timedOut: (until: string) => `you cannot write until ${until}`,
    quarantined: 'you are in quarantine until a moderator lets you out',
    kicked: 'the moderators are removing you from the server',
    banned: 'the moderators are banning you from the server',
    letter: (server: string, what: readonly string[], files: readonly string[], outcome: Outcome | 'blocked') =>
      `In ${server}, ${list.format(what)}, because of ${list.format(files)}: ${becauses[outcome]}`,
    hijacked: (server: string, what: readonly string[]) =>
      `In ${server}, ${list.format(what)}: your account posted files in several channels at once, as hijacked accounts do. If that was not you, change your Discord password and remove apps that you do not know under Authorized Apps.`,
    reference: (id: string) => `Reference \`${id}\``,
    /** In the server's own words. */
    appeal: (words: string) => `The moderators say:\n${words.replaceAll(/^/gm, '> ')}`,
    noAppeal: 'If you made the file yourself, tell the moderators of that server: they can trust it.',
  },
  /** Told where alerts do not arrive. */
  fallback: {
    noChannel: (_channel: string) =>
      '⚠️ vtscan found a bad file here and has no channel for its alerts. Choose one with `/vtconfig` → Alerts: the alert waits for it.',
    noAccess: (channel: string) =>
      `⚠️ vtscan may not post its alerts in ${channel}. Let it view the channel, send messages and embed links there, or choose another channel with \`/vtconfig\` → Alerts: the alerts wait.`,
    channelGone: (_channel: string) =>
      '⚠️ The channel for vtscan’s alerts is gone. Choose another one with `/vtconfig` → Alerts: the alerts wait.',
    refused: (channel: string) =>
      `⚠️ Discord does not take vtscan’s alerts in ${channel}. Choose another channel with \`/vtconfig\` → Alerts: the alerts wait.`,
    toOwner: (server: string, text: string) => `About your server ${server}:\n${text}`,
  },
  troubles: {
    key: '⚠️ VirusTotal refuses the API key of this bot: files in watched channels wait until whoever runs the bot gives it one that works.',
    down: '⚠️ VirusTotal does not answer at the moment: files in watched channels are not judged. Treat them with care.',
  },
  troubleOver: {
    key: '✅ VirusTotal accepts the API key of this bot again: the files that waited are being scanned.',
    down: '✅ VirusTotal answers again: files in watched channels are judged. Those marked ❌ were not: scan them with **Scan attachments**.',
  },
  quotaUsedUp: (quota: 'day' | 'month', when: string | undefined) =>
    `⏳ ${quota === 'month' ? "This month's" : "Today's"} VirusTotal quota is used up: files in watched channels wait, and continue by themselves${when ? ` ${when}` : ''}.`,
};
