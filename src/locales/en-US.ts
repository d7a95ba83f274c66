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
    vtconfig: {
      description: 'What this bot does in this server: watched channels, alerts, actions',
      reset: 'Back to the defaults, after asking',
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
      case 'share':
        return `You have had your share of today's VirusTotal quota: this goes when nobody else waits, or with the new day ${until ?? ''}`.trim();
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

  config: {
    title: (section: string) => `Settings · ${section}`,
    choose: 'Section',
    sections: {
      overview: 'Overview',
      watching: 'Watching',
      files: 'What is scanned and uploaded',
      replies: 'Replies',
      verdicts: 'Verdicts',
      actions: 'Actions',
      alerts: 'Alerts',
      trust: 'Trusted files',
      block: 'Blocked files',
      skipped: 'Skipped files',
    },
    fields: {
      watch: {
        label: 'Watched',
        about: 'Files posted there, in threads and forum posts too, are scanned without anyone asking.',
        values: { none: 'no channel', all: 'every channel', some: 'only the picked channels' },
      },
      watchedChannels: { label: 'Picked channels', about: 'Picking one watches only what is picked.' },
      exemptChannels: { label: 'Exempt channels', about: 'Never watched.' },
      exemptRoles: {
        label: 'Exempt roles',
        about: "Their members' files are not scanned. A single bot is exempt by its role.",
      },
      scope: {
        label: 'Scanned',
        about: 'Risky is judged by content, not by name: all but genuine images, audio, video and plain text.',
        values: { risky: 'risky files', all: 'all files' },
      },
      upload: {
        label: 'Unknown files',
        about:
          'VirusTotal shares uploads with its partners. Applies to `/vtscan` and Scan attachments too. Without an upload an unknown file stays unknown.',
        values: {
          auto: 'upload them to VirusTotal',
          ask: 'ask before each upload',
          'hash-only': 'never upload, only look up',
        },
      },
      links: { label: 'Links too', about: 'Web addresses in watched channels are checked as well.' },
      exemptBots: { label: 'Leave out bots', about: 'Files that bots post are not scanned.' },
      exemptWebhooks: { label: 'Leave out webhooks', about: 'Files that webhooks post are not scanned.' },
      noise: {
        label: 'In watched channels',
        about: 'Alerts go to the alert channel in any case.',
        values: {
          quiet: 'reply only to bad files',
          verbose: 'reply to every file',
          silent: 'show nothing, only alert',
        },
      },
      reactScanning: { label: 'React while scanning', about: 'A reaction on the message until the verdict.' },
      reactOutcome: { label: 'React with the outcome', about: 'A reaction on the message for the verdict.' },
      privateByDefault: {
        label: 'Private /vtscan',
        about:
          'Only who asked sees the reply to `/vtscan` and Scan attachments, unless its option `private` says otherwise.',
      },
      warn: { label: 'Suspicious from', about: 'So many engines must flag a file.' },
      act: {
        label: 'Malicious from',
        about: 'So many engines must flag a file; one of the few with hardly any false alarms is always enough.',
      },
      onSuspicious: { label: 'Suspicious file', about: 'What the bot does when a watched file is suspicious.' },
      onMalicious: { label: 'Malicious file', about: 'What the bot does when a watched file is malicious.' },
      timeOut: { label: 'Time-out', about: 'How long, where the author is timed out.' },
      tellAuthor: {
        label: 'Tell the author',
        about: 'Who posted a deleted message gets a private message that says why.',
      },
      alertChannel: {
        label: 'Alert channel',
        about: 'Alerts and changes of these settings go there. Choose one that only moderators see.',
      },
      pingRole: { label: 'Role to ping', about: 'Mentioned in each alert.' },
    },
    on: 'on',
    off: 'off',
    none: 'none',
    engines: (count: number) => (count === 1 ? '1 engine' : `${count} engines`),
    actions: {
      none: 'do nothing',
      alert: 'alert',
      delete: 'alert and delete',
      deleteAndTimeOut: 'alert, delete and time out',
    },
    timeOuts: { tenMinutes: '10 minutes', hour: '1 hour', day: '1 day', fourWeeks: '28 days' },

    lists: {
      about: {
        trust: 'These files raise no alert here, whatever the engines say.',
        block: 'These files are treated as malicious here at once, without asking VirusTotal.',
      },
      count: (count: number) => (count === 1 ? '1 file' : `${count} files`),
      entry: (name: string, sha256: string, by: string, when: string) => `${name} · ${sha256} · ${by} ${when}`,
      add: 'Add a file',
      addTitle: { trust: 'Trust a file', block: 'Block a file' },
      sha256: 'SHA-256',
      aboutSha256: '64 hex characters. A scan shows it below its token.',
      name: 'Name',
      aboutName: 'How it is called in this list',
      remove: 'Remove from this list',
      previous: 'Previous',
      next: 'Next',
      page: (page: number, pages: number) => `Page ${page} of ${pages}`,
      notASha256: 'Not a SHA-256: 64 hex characters',
      full: (most: number) => `This list is full (${most} files). Remove some first.`,
    },

    skipped: {
      about: 'The last files in watched channels that were not scanned, and why.',
      entry: (name: string, channel: string, when: string, why: string) => `${name} · ${channel} ${when}\n-# ${why}`,
      reasons: {
        image: 'It is a genuine image.',
        audio: 'It is genuine audio.',
        video: 'It is a genuine video.',
        text: 'It is plain text.',
        exemptRole: 'Whoever posted it has an exempt role.',
        exemptChannel: 'It is in an exempt channel.',
        exemptBot: 'A bot posted it, and bots are left out.',
        exemptWebhook: 'A webhook posted it, and webhooks are left out.',
      },
    },

    troubles: {
      title: '⚠️ This does not work yet',
      messageContent:
        'Nothing can be watched: the bot may not read messages. Whoever runs it switches **Message Content Intent** on at <https://discord.com/developers/applications> (Bot, Privileged Gateway Intents) and restarts it.',
      nothingPicked: 'Only picked channels are watched, and none is picked.',
      noAlertChannel: 'Nobody is alerted: there is no alert channel.',
      channelGone: (channels: string) => `No longer there, or hidden from the bot: ${channels}`,
      roleGone: 'The role to ping no longer exists.',
      permission: (permission: string, channels: string) => `The bot needs **${permission}** in ${channels}`,
      inServer: 'the whole server',
      andMore: (count: number) => `and ${count} more`,
    },
    /** As Discord names them in its own settings. */
    permissions: {
      ViewChannel: 'View Channel',
      ReadMessageHistory: 'Read Message History',
      SendMessages: 'Send Messages',
      SendMessagesInThreads: 'Send Messages in Threads',
      EmbedLinks: 'Embed Links',
      AddReactions: 'Add Reactions',
      ManageMessages: 'Manage Messages',
      ModerateMembers: 'Timeout Members',
      MentionEveryone: 'Mention @everyone, @here and All Roles',
    },

    changed: (who: string) => `⚙️ ${who} changed the settings of this bot`,
    change: (label: string, from: string, to: string) => `**${label}**: ${from} → ${to}`,
    listed: (list: string, file: string) => `**${list}**: added ${file}`,
    unlisted: (list: string, file: string) => `**${list}**: removed ${file}`,
    listedMany: (list: string, added: number, removed: number) => `**${list}**: ${added} added, ${removed} removed`,

    reset: 'Reset to the defaults',
    resetTitle: 'Reset the settings?',
    resetAbout:
      'All settings of this server go back to their defaults: nothing is watched, and there is no alert channel. The lists of trusted and blocked files stay.',
    resetYes: 'Reset',
    resetNo: 'Keep them',

    notAllowed: 'Only members with **Manage Server** can see and change these settings.',
    notHere: 'There are settings in servers only.',
    outdated: 'This panel is of an older version. Open `/vtconfig` again.',
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
