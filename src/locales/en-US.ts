import { type AddressRefusal, longestAddress } from '../address/address.ts';
import type { Disguise } from '../content/disguise.ts';
import type { FailureCode } from '../scan/failure.ts';
import { openPerMember } from '../scan/limits.ts';
import type { Place } from '../scan/ports.ts';
import type { Ruling } from '../scan/scan.ts';
import type { Category, SandboxVerdict } from '../verdict/report.ts';
import type { Selection } from '../verdict/rows.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** Why it failed, and what the reader can do. */
interface Trouble {
  why: string;
  todo: string;
}

/** Where there is no file to share again: a hash or an address was asked about. */
const withoutFile: Partial<Record<FailureCode, Trouble>> = {
  'engine.quota': { why: 'The VirusTotal quota is used up.', todo: 'Ask again later.' },
  'engine.unavailable': { why: 'VirusTotal cannot be reached.', todo: 'Ask again in a few minutes.' },
  'engine.notReady': { why: 'VirusTotal has no result yet.', todo: 'Ask again in a few minutes.' },
  'engine.refused': {
    why: 'VirusTotal refused the question.',
    todo: 'If that happens twice, tell whoever runs this bot.',
  },
  'engine.unreadable': { why: 'VirusTotal gave an answer that makes no sense.', todo: 'Ask again later.' },
  'engine.noResults': {
    why: 'VirusTotal finished without the word of a single engine.',
    todo: 'Treat it as unsafe, and ask again later.',
  },
  'scan.deadline': {
    why: 'VirusTotal takes unusually long over it.',
    todo: 'Ask again later: then the result may be there.',
  },
  'scan.internal': {
    why: 'Something went wrong in this bot.',
    todo: 'Ask again; its operator finds more in the log.',
  },
};

/** What an engine's row says where it has no label. */
const answers: Record<Category, string> = {
  malicious: 'malicious',
  suspicious: 'suspicious',
  harmless: 'found nothing',
  undetected: 'found nothing',
  'type-unsupported': 'does not read such files',
  timeout: 'took too long',
  'confirmed-timeout': 'took too long',
  failure: 'failed',
  other: 'no clear answer',
};

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
      password: 'Opens an encrypted ZIP of one file; used once, then erased',
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
    vtreport: {
      description: 'What VirusTotal knows of a file, without uploading anything',
      query: 'SHA-256, SHA-1, MD5, a token or a VirusTotal link; without it, the file that you scanned last here',
      close: 'Forget which file you scanned last here',
    },
    vturl: {
      description: 'Ask VirusTotal whether a web address is dangerous',
      url: 'The address. VirusTotal shows it to others: give none that holds a secret',
      private: 'Only you see the reply. The address still goes to VirusTotal, where others can see it',
    },
    scanAttachments: 'Scan attachments',
  },

  status: { ready: 'Waiting', progress: 'In progress', error: 'Error' },

  verdicts: {
    malicious: { icon: '🔴', word: 'Malicious: do not open it' },
    suspicious: { icon: '🟠', word: 'Suspicious: better not open it' },
    clean: { icon: '🟢', word: 'No engine flagged it' },
    unknown: { icon: '⚪', word: 'Unknown: treat it as unsafe' },
  } satisfies Record<Verdict, { icon: string; word: string }>,

  advice: {
    malicious:
      'Delete it. If you opened it already, take that device off the network and scan it with an up-to-date antivirus.',
    suspicious:
      'Open it only if you know who made it and expected it from them: it may be a false alarm, or new malware.',
    clean: 'That is a good sign, not a guarantee: new malware is found late. Open it only if you expected it.',
    unknown: 'Too few engines gave an opinion on it. Treat it as unsafe.',
    unopened:
      'It is locked, and the engines could not look inside. If it is a ZIP of one file, run `/vtscan` on it with its password.',
  } satisfies Record<Verdict | 'unopened', string>,

  /** What the moderators of a server have decided about a file. */
  rulings: {
    trusted: { icon: '✅', word: 'Trusted in this server', about: 'Its moderators trust it: no engine was asked.' },
    blocked: { icon: '🔴', word: 'Blocked in this server', about: 'Its moderators blocked it: no engine was asked.' },
  } satisfies Record<Ruling, { icon: string; word: string; about: string }>,

  /** A file that no engine flagged and whose name pretends. */
  misleading: {
    icon: '🟠',
    word: 'No engine flagged it, but its name misleads',
    advice: 'That alone is a reason not to open it: new malware is found late.',
  },

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
        return '⚠️ Its name is written so that it looks like another kind of file.';
      default:
        return found satisfies never;
    }
  },

  /** The same about a web address. */
  address: {
    verdicts: {
      malicious: { icon: '🔴', word: 'Malicious: do not visit it' },
      suspicious: { icon: '🟠', word: 'Suspicious: better not visit it' },
      clean: { icon: '🟢', word: 'No engine flagged it' },
      unknown: { icon: '⚪', word: 'Unknown: treat it as unsafe' },
    } satisfies Record<Verdict, { icon: string; word: string }>,
    advice: {
      malicious:
        'If you visited it already: open nothing that it gave you, and change every password that you entered there.',
      suspicious: 'Visit it only if you know who sent it and expected it from them: it may be a false alarm, or new.',
      clean: 'That is a good sign, not a guarantee: bad pages are found late, and may hide from the engines.',
      unknown: 'Too few engines gave an opinion on it. Treat it as unsafe.',
    } satisfies Record<Verdict, string>,
    refused: {
      unreadable: 'That is not a web address. Give one as `https://example.com/page`.',
      scheme: 'Only `http` and `https` addresses can be scanned.',
      credentials:
        'That address holds a user name or password. What is scanned becomes public: give it without everything before the `@`.',
      private: 'That address is not on the internet but in a network of its own, where VirusTotal cannot see it.',
      tooLong: `That address is longer than ${longestAddress} characters.`,
    } satisfies Record<AddressRefusal, string>,
  },

  report: {
    noSession:
      'No session opened\nScan a file in this channel with `/vtscan` or *Apps → Scan attachments*: that opens one for a day. Or say what you ask about in `query`.',
    closed: 'The session is closed. The next scan in this channel opens one again.',
    junk: 'There is no SHA-256, SHA-1, MD5, token or VirusTotal link of a file in that.',
    pageOfAddress: 'That link is about a web address, not a file. Run `/vturl` with the address itself.',
    unseen: {
      why: 'VirusTotal has never seen this file, and a look-up uploads nothing.',
      todo: 'That says nothing about it: treat it as unsafe. Whoever has the file can share it with `/vtscan`, which uploads it.',
    } satisfies Trouble,
    flagged: (count: number) => `Flagged (${count})`,
    all: (count: number) => `All engines (${count})`,
    list: (shown: readonly string[], left: number) => shown.join(', ') + (left > 0 ? ` and ${left} more` : ''),
    names: 'Seen as',
    signedBy: 'Signed by',
    tags: 'Tags',
    sandboxes: 'Sandboxes',
    sandboxVerdicts: {
      malicious: '🔴 malicious',
      suspicious: '🟠 suspicious',
      harmless: 'harmless',
      undetected: 'nothing found',
    } satisfies Record<SandboxVerdict, string>,
    yara: 'YARA rules',
    sigma: 'Sigma rules',
    sigmaHits: ({ critical, high, medium, low }: { critical: number; high: number; medium: number; low: number }) =>
      `${critical} critical, ${high} high, ${medium} medium, ${low} low`,
    community: 'Community',
    score: (score: number) => `score ${score}`,
    votes: ({ harmless, malicious }: { harmless: number; malicious: number }) =>
      `${malicious} voted malicious, ${harmless} harmless`,
  },

  rescan: {
    button: (cost: number) => `Analyse again (costs about ${cost} requests)`,
    note: (cost: number) =>
      `A new analysis by VirusTotal, without an upload. It costs about ${cost} requests of the quota.`,
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
    starting: 'Starting',
    resuming: 'Going on where it was',
  },

  waiting: (reason: Place['for'], ahead: number, until: string | undefined): string => {
    const turn = ahead > 0 ? `${ahead} ahead of you` : 'you are next';
    switch (reason) {
      case 'turn':
      case 'minute':
        return until ? `Waiting for VirusTotal: ${turn}, expected ${until}` : `Waiting for VirusTotal: ${turn}`;
      case 'share':
        return `You, or this server, have had your share of today's VirusTotal quota: this goes when nobody else waits, or with the new day ${until ?? ''}`.trim();
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
    'file.noRoom': {
      why: 'This bot has no room for the file.',
      todo: 'Tell whoever runs this bot; it was not scanned.',
    },
    'download.notAllowed': {
      why: 'Its link leads outside the places that files are taken from.',
      todo: 'Upload the file to Discord itself.',
    },
    'download.gone': { why: 'Discord no longer has the file.', todo: 'Share it again and run `/vtscan` on it.' },
    'download.failed': { why: 'The file could not be downloaded from Discord.', todo: 'Run `/vtscan` on it again.' },
    'download.oversized': {
      why: 'The file is larger than Discord announced.',
      todo: 'Share it again. If that happens twice, do not open it.',
    },
    'engine.badKey': {
      why: 'VirusTotal refuses the API key of this bot.',
      todo: 'Tell whoever runs this bot; it was not scanned.',
    },
    'engine.forbidden': {
      why: 'The API key of this bot does not allow what this needs.',
      todo: 'Tell whoever runs this bot; it was not scanned.',
    },
    'engine.unsupported': {
      why: "VirusTotal's older API, which this bot uses, cannot do that.",
      todo: 'It takes no passwords, no second analysis and at most 32 MB. Whoever runs this bot can choose the newer one.',
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

  /** undefined: the words about a file fit. */
  failureWithoutFile: (code: FailureCode): Trouble | undefined => withoutFile[code],

  reply: {
    several: (count: number) => `${count} files`,
    finished: (done: number, count: number) => `${done} of ${count} files finished`,
    verdictCount: (icon: string, count: number) => `${icon} ${count}`,
    stillWorking:
      'Discord lets me change this reply for 15 minutes only, and it is not finished. Press the button later.',
    unreadable: (count: number) =>
      `${count === 1 ? 'A result' : `${count} results`} of this reply cannot be read any more.`,
    showResult: 'Show result',
    onlyFirst: (shown: number, all: number) => `That message has ${all} files; these are the first ${shown}.`,
  },

  pages: {
    title: {
      all: (name: string) => `All detections of ${name}`,
      flagged: (name: string) => `Who flagged ${name}`,
    } satisfies Record<Selection, (name: string) => string>,
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    previous: 'Previous',
    next: 'Next',
    row: (category: Category, engine: string, label: string | undefined) => `${engine} · ${label ?? answers[category]}`,
    none: { all: 'No engine has answered.', flagged: 'No engine flagged it.' } satisfies Record<Selection, string>,
    switchTo: { all: 'All engines', flagged: 'Flagged only' } satisfies Record<Selection, string>,
    asText: 'As a text file',
  },

  /** In a text file. */
  table: {
    columns: ['Engine', 'Verdict', 'Label', 'Version', 'Update'],
    about: { name: 'Name', flagged: 'Flagged by', analysed: 'Analysed', page: 'Page' },
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

  watching: {
    scanning: '⏳',
    failed: '❌',
    toAuthor:
      'If this is yours: you may not have known, and engines can be wrong. Delete your message, and scan the device that it came from. If you made the file yourself, tell the moderators: they can trust it.',
  },

  upload: {
    button: 'Upload to VirusTotal?',
    about:
      'VirusTotal has never seen it. An upload is shared with its partners and customers and cannot be taken back: whoever shared the file, or a moderator, may press.',
    shared: 'Files that VirusTotal does not know are uploaded, and it shares them with its partners and customers.',
    notAllowed: 'Only whoever shared that file, or a member with **Manage Messages**, can have it uploaded.',
    switchedOff: 'Uploads are switched off in this server.',
  },

  forget: {
    button: 'Delete this scan',
    done: 'That scan is deleted here. What VirusTotal has stays there.',
    notYours: 'That is not your scan.',
  },

  alerts: {
    title: { malicious: 'Malicious file', suspicious: 'Suspicious file' },
    by: (who: string, name: string, id: string, isBot: boolean, others: number) =>
      `${isBot ? 'Posted by the bot' : 'Posted by'} ${who} (${name}, ${id})${others > 0 ? ` and ${others} more` : ''}`,
    byWebhook: (name: string) => `Posted by the webhook ${name}`,
    created: (when: string) => `account of ${when}`,
    joined: (when: string) => `joined ${when}`,
    left: 'no longer a member',
    flaggedBefore: (count: number) =>
      count === 0 ? 'never flagged here before' : `flagged here ${count === 1 ? 'once' : `${count} times`} before`,
    copies: (count: number) => `**Posted ${count} times**`,
    more: (count: number) => `and ${count} more`,
    onlyAlert: 'Nothing was done about it: the settings say so.',
    already: 'The message is gone: it had been deleted already.',
    done: {
      delete: (count: number, _until: string) =>
        `Deleted ${count === 1 ? 'the message' : `${count} messages`}; that cannot be undone.`,
      timeOut: (count: number, until: string) =>
        `Timed out ${count === 1 ? 'the author' : `${count} authors`} until ${until}. To undo: the member's profile, Remove Timeout.`,
      tellAuthor: (count: number, _until: string) =>
        `Told ${count === 1 ? 'the author' : `${count} authors`} privately.`,
    },
    waiting: {
      delete: 'The message is being deleted.',
      timeOut: 'The author is being timed out.',
      tellAuthor: 'The author is being told.',
    },
    failed: {
      delete: 'Not deleted:',
      timeOut: 'Not timed out:',
      tellAuthor: 'The author was not told:',
    },
    hindrances: {
      lacksManageMessages: 'the bot needs **Manage Messages** in that channel.',
      lacksModerateMembers: 'the bot needs **Timeout Members**.',
      lacksBanMembers: 'the bot needs **Ban Members**.',
      outranked: 'the role of that member is not below the one of the bot, or of whoever pressed.',
      memberLeft: 'that member has left the server.',
      notAMember: 'a webhook posted it.',
      noAccess: 'the bot does not see that channel.',
      closed: 'that member takes no private messages.',
      tooLate: 'that time is over already.',
      needless: 'nothing was deleted.',
      refused: 'Discord refused it.',
    },

    buttons: {
      delete: 'Delete message',
      timeOut: 'Time out …',
      ban: 'Ban',
      dismiss: 'Dismiss',
      trust: 'Trust this file',
    },
    timeOutFor: (length: string) => `Time out for ${length}`,
    did: {
      delete: (who: string, _until: string) => `🗑️ ${who} deleted the message`,
      timeOut: (who: string, until: string) =>
        `🔇 ${who} timed out the author until ${until}. To undo: the member's profile, Remove Timeout`,
      ban: (who: string, _until: string) => `🔨 ${who} banned the author. To undo: Server Settings, Bans`,
      dismiss: (who: string, _until: string) => `☑️ ${who} dismissed this alert`,
      trust: (who: string, _until: string) =>
        `🤝 ${who} trusts this file: no more alerts about it. To undo: \`/vtconfig\`, Trusted files`,
    },
    tried: {
      delete: (who: string) => `${who} tried to delete the message:`,
      timeOut: (who: string) => `${who} tried to time out the author:`,
      ban: (who: string) => `${who} tried to ban the author:`,
      dismiss: (who: string) => `${who} tried to dismiss this alert:`,
      trust: (who: string) => `${who} tried to trust this file:`,
    },
    /** As Discord names them in its own settings. */
    permissions: {
      ManageMessages: 'Manage Messages',
      ModerateMembers: 'Timeout Members',
      BanMembers: 'Ban Members',
      ManageGuild: 'Manage Server',
    },
    notAllowed: (permission: string) => `That takes **${permission}**.`,
    unknownCase: 'This alert is too old for its buttons: they work for 30 days.',
    /** For the audit log. */
    reason: (verdict: 'suspicious' | 'malicious', name: string, flagged: number, opinions: number) =>
      `vtscan: ${verdict} file ${name}${opinions > 0 ? ` (${flagged}/${opinions} engines)` : ', blocked here'}`,
    pressReason: (who: string, name: string) => `vtscan: ${who} pressed the button, because of ${name}`,

    toAuthor: (files: string, channel: string, server: string) =>
      `Your message in ${channel} of ${server} was deleted, because of ${files}: antivirus engines flag it. You may not have known, and they can be wrong. Scan the device that it came from. If you made the file yourself, tell the moderators of that server: they can trust it.`,
    quotaUsedUp: (quota: 'day' | 'month', when: string | undefined) =>
      `⏳ ${quota === 'month' ? "This month's" : "Today's"} VirusTotal quota is used up: files in watched channels wait, and go on by themselves${when ? ` ${when}` : ''}.`,
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
      `Nothing was scanned: ${open} of your files are still being scanned, and with these ${wanted} it would be more than ${openPerMember}. Try again when some are finished.`,
    noAttachments: 'That message has no attachments.',
    notFinished: 'That scan is not finished yet.',
    outdated: 'This button is of an older version. Use `/vtresult` with the token instead.',
    internal: 'Something went wrong in this bot. Try again; its operator finds more in the log.',
  },

  /** For a terminal: no markdown. */
  cli: {
    about: 'Asks VirusTotal whether files and web addresses are malware.',
    examples: 'Examples:',
    moreHelp: '(--help says more)',
    commands: {
      scan: 'Scan files',
      scanFiles: 'Files; after -- names may begin with a dash',
      result: 'The result of a scan; goes on with it if nobody does',
      open: 'Open a session on a file, for report',
      close: 'Close the session',
      report: 'What VirusTotal knows of a file, without uploading it; of the open session without a query',
      reportQuery: 'A token, SHA-256, SHA-1 or MD5, alone or inside a text, or a VirusTotal link',
      url: 'Scan a web address',
      quota: "What is left of the key's quota",
      doctor: 'Check everything that vtscan needs, the bot included',
      token: '64 hex characters, as scan printed them',
    },
    options: {
      json: 'one line of JSON a result',
      hashOnly: 'look up by hash and upload nothing',
      password:
        'opens an encrypted archive of one file; sent to VirusTotal with it, other users of this machine may see it',
      filesFrom: 'more names from a list, "-" for standard input, each ended by a NUL as find -print0 does',
      recursive: 'take the files in directories, too',
      wait: 'wait until it has ended',
    },
    exitCodes: `Exit code: 0 no engine flags anything, 1 something is flagged, 2 trouble: something could not be judged.
Files that VirusTotal has never seen are uploaded, and it shares them with its partners: scan nothing confidential.`,

    verdicts: {
      malicious: 'Malicious',
      suspicious: 'Suspicious',
      clean: 'No engine flagged it',
      unknown: 'Unknown',
    } satisfies Record<Verdict, string>,
    rulings: { trusted: 'Trusted by the server', blocked: 'Blocked by the server' },
    engines: (flagged: number, opinions: number) => `${flagged}/${opinions} engines`,
    token: (token: string) => `token ${token}`,
    unopened: 'a locked archive: the engines could not look inside',
    unjudged: 'too few engines gave an opinion: treat it as unsafe',
    /** Where the words for Discord do not fit. */
    failures: {
      'engine.badKey': 'VirusTotal refuses VIRUSTOTAL_API_KEY',
      'engine.forbidden': 'VIRUSTOTAL_API_KEY may not do that',
      'engine.unsupported': "VirusTotal's v2 API cannot do that: set VIRUSTOTAL_API_VERSION to 3",
      'engine.unseen': 'VirusTotal has never seen it, and it was not uploaded. That says nothing about it',
      'scan.internal': 'Something went wrong in vtscan',
    } satisfies Partial<Record<FailureCode, string>>,

    noFiles: 'Nothing to scan: name files, or a list with --files-from.',
    isDirectory: 'is a directory; --recursive takes the files in it',
    notReadable: (code: string) => `cannot be read (${code})`,
    finished: (done: number, count: number) => `${done} of ${count} files finished`,
    summary: (files: number, flagged: number, troubled: number) =>
      `${files} files: ${flagged} flagged, ${troubled} not judged`,
    resumable: (count: number) =>
      `${count === 1 ? 'One scan is' : `${count} scans are`} not finished. "result TOKEN" goes on, and so does the bot if it runs:`,
    stillOpen: (status: string) => `${status}: another process works on it`,
    ofTheBot: (status: string) => `${status}: the bot goes on with it when it runs`,

    opened: (name: string, sha256: string) => `Session opened on ${name}\nSHA-256 ${sha256}`,
    closed: (name: string) => `Session on ${name} closed`,
    noSession: 'No session opened',
    howToOpen: 'Open one with "open FILE", or give a hash, a token or a VirusTotal link.',
    notAQuery: 'No token, SHA-256, SHA-1, MD5 or VirusTotal link is in that.',
    linkToAddress: 'That is a link to a web address: use "url" with the address itself.',
    engine: 'Engine',
    signature: 'Signature',
    facts: {
      threat: 'Threat',
      type: 'Type',
      size: 'Size',
      sha256: 'SHA-256',
      sha1: 'SHA-1',
      md5: 'MD5',
      names: 'Names',
      tags: 'Tags',
      firstSeen: 'First seen',
      analysed: 'Analysed',
      signedBy: 'Signed by',
      community: 'Community',
      sandboxes: 'Sandboxes',
      yara: 'YARA',
      sigma: 'Sigma',
      link: 'VirusTotal',
    },
    votes: (harmless: number, malicious: number) => `${harmless} harmless, ${malicious} malicious votes`,
    score: (score: number) => `score ${score}`,

    addresses: {
      unreadable: 'Not a web address.',
      scheme: 'Only http and https addresses are scanned.',
      credentials: 'It holds a user name or password, which would become public.',
      private: 'Its host is not public: VirusTotal cannot reach it.',
      tooLong: 'It is too long.',
    } satisfies Record<AddressRefusal, string>,

    doctor: {
      node: (version: string) => `Node ${version}`,
      oldNode: (version: string) => `Node ${version} is too old: 20.19 or later is needed`,
      variables: 'Variables are complete',
      dataDir: (dir: string) => `Data directory ${dir} can be written`,
      dataDirUnusable: (dir: string, code: string) =>
        `Data directory ${dir} cannot be written (${code}): check its owner and space, or set DATA_DIR`,
      database: (scans: number) => `Database can be read, ${scans} scans are unfinished`,
      damagedRows: (count: number) => `${count} rows of the database cannot be read: put a backup in its place`,
      reachable: (host: string) => `${host} is reachable`,
      unreachable: (host: string, code: string) =>
        `${host} cannot be reached (${code}): check the network, the proxy and the address`,
      clock: (seconds: number) => `Clock is right to ${seconds} s`,
      wrongClock: (seconds: number) => `Clock is off by ${seconds} s: synchronise it (NTP)`,
      key: 'VirusTotal accepts the key',
      badKey: 'VirusTotal refuses VIRUSTOTAL_API_KEY: copy it again from https://www.virustotal.com/gui/my-apikey',
      keyUnknown: 'VirusTotal does not tell whether it accepts the key: a scan will show',
      quota: (day: number, perDay: number, month: number, perMonth: number) =>
        `Quota: ${day} of ${perDay} used today, ${month} of ${perMonth} this month`,
      usedUp: 'Quota is used up: files wait until it is renewed at 00:00 UTC',
      discord: (name: string) => `Discord accepts the token of ${name}`,
      badToken:
        'Discord refuses DISCORD_TOKEN: reset it at https://discord.com/developers/applications (Bot, Reset Token)',
      notAnswered: (service: string) => `${service} gave no usable answer: try again in a few minutes`,
      intents: 'Message content intent is on: channels can be watched',
      noIntents:
        'Message content intent is off: channels cannot be watched. Switch it on at https://discord.com/developers/applications (Bot)',
      notChecked: (what: string) => `${what} was not checked: set the variables first`,
    },
  },
};

export type Locale = typeof enUS;
