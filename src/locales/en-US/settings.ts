export const config = {
  title: (section: string) => `Settings · ${section}`,
  choose: 'Section',
  sections: {
    overview: 'Overview',
    watching: 'Watching',
    files: 'Scans and uploads',
    flagged: 'What happens',
    unjudged: 'What happens: other files',
    accounts: 'What happens: accounts',
    actions: 'How the bot acts',
    verdicts: 'Verdicts',
    alerts: 'Alerts and moderators',
    trust: 'Trusted files',
    block: 'Blocked files',
    skipped: 'Skipped files',
    record: 'Record, export and reset',
  },
  fields: {
    watch: {
      label: 'Watched',
      about: 'Files posted there, in threads and forum posts too, are scanned without anyone asking.',
      values: { none: 'no channel', all: 'every channel', some: 'only the picked channels' },
    },
    watchedChannels: { label: 'Picked channels', about: 'As soon as one is picked, only picked channels are watched.' },
    exemptChannels: { label: 'Not watched: channels', about: 'Files posted there are left alone.' },
    exemptRoles: {
      label: 'Not watched: roles',
      about: 'Files from members with these roles are left alone. For a single bot, pick its role.',
    },
    scope: {
      label: 'Scanned',
      about: 'Risky files are all but genuine images, audio, video and plain text. The content decides, not the name.',
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
    links: {
      label: 'Links too',
      about:
        'Web addresses in watched channels are checked as well, as far as files leave quota for them: the first 5 of a message, well-known sites left out.',
    },
    privateByDefault: {
      label: 'Private /vtscan',
      about:
        'Only the person who asked sees the reply to `/vtscan` and Scan attachments, unless its option `private` says otherwise.',
    },
    watchBots: { label: 'Bots are watched', about: 'Files that bots post are scanned.' },
    watchWebhooks: { label: 'Webhooks are watched', about: 'Files that webhooks post are scanned.' },
    malicious: { label: 'Malicious', about: 'Flagged by enough engines, or blocked in this server.' },
    suspicious: { label: 'Suspicious', about: 'Flagged by a few engines: a false alarm, or new malware.' },
    unwanted: { label: 'Unwanted', about: 'Adware, bundled programs and the like: a nuisance, not an attack.' },
    misleading: {
      label: 'Misleading name',
      about: 'Nobody flagged it, but its name pretends to be another kind of file.',
    },
    locked: {
      label: 'Locked',
      about: 'Nobody could look inside. An encrypted archive with its password beside it is the usual lure.',
    },
    failed: { label: 'Could not be scanned', about: 'Too large, gone, or refused: nobody knows what it is.' },
    hijacked: {
      label: 'Hijacked account',
      about:
        'A member posts the same files, or nothing but images, in 3 or more channels within a minute. No verdict is waited for.',
    },
    noise: {
      label: 'Files without findings',
      about: 'A reply to every file is posted as soon as its scan begins.',
      values: {
        quiet: 'mark',
        verbose: 'mark and reply',
        unmarked: 'reply',
        silent: 'nothing',
      },
    },
    markScanning: { label: 'Mark while scanning', about: 'A ⏳ on the message until the verdict.' },
    warn: { label: 'Suspicious from', about: 'At least this many engines must flag a file.' },
    act: {
      label: 'Malicious from',
      about:
        'At least this many engines must flag a file. One of the few with hardly any false alarms is always enough.',
    },
    timeOut: { label: 'Time-out', about: 'How long an author is timed out.' },
    newAccountDays: {
      label: 'Strict with new accounts',
      about: 'A suspicious file from a younger account is treated like a malicious one.',
      values: { 0: 'off', 1: 'younger than 1 day', 7: 'younger than 7 days', 30: 'younger than 30 days' },
    },
    quarantineRole: {
      label: 'Quarantine role',
      about: 'What a quarantined member gets: a role that sees no channels.',
    },
    tellAuthor: {
      label: 'Tell the author',
      about: 'The author of a deleted message gets a private message that says why.',
    },
    appeal: { label: 'How to appeal', about: 'Your words in that private message: whom to write to, and where.' },
    alertChannel: {
      label: 'Alert channel',
      about: 'Alerts and changes to these settings are posted there. Choose one that only moderators can see.',
    },
    pingRole: { label: 'Role to ping', about: 'Mentioned in each alert.' },
    moderatorRole: {
      label: 'Moderator role',
      about: 'Its members may use the controls of alerts, besides those whose permissions allow it.',
    },
    digest: {
      label: 'Weekly digest',
      about:
        'Posted in the alert channel at 08:00 UTC: files and verdicts, what was done and by whom, quota, false alarms. Nothing is posted after a quiet week.',
      values: {
        off: 'off',
        monday: 'on Mondays',
        tuesday: 'on Tuesdays',
        wednesday: 'on Wednesdays',
        thursday: 'on Thursdays',
        friday: 'on Fridays',
        saturday: 'on Saturdays',
        sunday: 'on Sundays',
      },
    },
  },
  on: 'on',
  off: 'off',
  none: 'none',
  engines: (count: number) => (count === 1 ? '1 engine' : `${count} engines`),
  /** What the bot does by itself about a file. */
  steps: {
    mark: 'mark',
    reply: 'reply',
    alert: 'alert',
    delete: 'delete the message',
    timeOut: 'time out the author',
    quarantine: 'quarantine the author',
    kick: 'kick the author',
    ban: 'ban the author',
  },
  /** No step at all. */
  nothing: 'nothing',
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
    aboutName: 'What to call it in this list',
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
      exemptRole: 'Whoever posted it has a role that is not watched.',
      exemptChannel: 'It is in a channel that is not watched.',
      exemptBot: 'A bot posted it, and bots are not watched.',
      exemptWebhook: 'A webhook posted it, and webhooks are not watched.',
      manyLinks: 'Too many links were waiting for VirusTotal. Files go first.',
    },
  },

  overview: {
    watching: 'Watching',
    nowhere: 'nothing yet: choose channels under **Watching**, or press **Set up**',
    everywhere: 'every channel',
    except: (channels: string) => ` except ${channels}`,
    alerts: 'Alerts',
    noAlerts: 'nowhere',
    files: (outcome: string) => `${outcome} files`,
    lists: (trusted: number, blocked: number) => `${trusted} trusted, ${blocked} blocked`,
    listed: 'Files on lists',
    more: 'Everything else is in the menu below. The buttons beside **Set up** are presets: each first shows what it would change.',
  },
  setUp: 'Set up',

  presets: {
    look: { label: 'Only look', about: 'Marks and replies, no alerts.' },
    alert: { label: 'Alert', about: 'Moderators are told of what is bad, and decide.' },
    protect: { label: 'Protect', about: 'Malicious files are deleted and their authors timed out.' },
    title: (label: string) => `${label}: what would change`,
    nothing: 'Nothing: the settings are like that already.',
    apply: 'Apply',
    back: 'Back',
    applied: (label: string) => `${label}: applied`,
    undo: 'Undo',
    nothingToUndo: 'There is nothing to undo any more: that works for an hour, once.',
  },

  words: { edit: (label: string) => `${label} …`, title: (label: string) => label },

  record: {
    about: (changes: number) =>
      `Changes to these settings, and cases, are kept for 30 days. In these 30 days: ${changes === 1 ? '1 change' : `${changes} changes`}.`,
    entry: (when: string, who: string, what: string) => `${when} ${who}: ${what}`,
    export: 'Export',
    exported: 'Settings, lists, changes and cases of the last 30 days. Only you see this message.',
  },

  troubles: {
    title: '⚠️ To be mended',
    messageContent:
      'Nothing can be watched: the bot may not read messages. Whoever runs it switches **Message Content Intent** on at <https://discord.com/developers/applications> (Bot, Privileged Gateway Intents) and restarts it.',
    nothingPicked: 'Only picked channels are watched, and none is picked. Pick some under **Watching**.',
    noAlertChannel: 'Nobody is alerted: choose an alert channel under **Alerts and moderators**.',
    publicAlerts: (channel: string) =>
      `Everyone can read the alerts in ${channel}. Take **View Channel** from @everyone there, or choose another channel under **Alerts and moderators**.`,
    channelGone: (channels: string) =>
      `No longer there, or hidden from the bot: ${channels}. Choose again, or let the bot see them.`,
    roleGone:
      'A role that was chosen no longer exists. Choose again under **Alerts and moderators** or **How the bot acts**.',
    noQuarantineRole: 'Nobody can be quarantined: choose a quarantine role under **How the bot acts**.',
    quarantineRoleAbove:
      'The bot cannot give the quarantine role: drag the role of the bot above it in Server Settings, Roles.',
    permission: (permission: string, where: string, feature: string) =>
      `The bot needs **${permission}** in ${where} ${feature}. Allow it there for the role of the bot.`,
    inServer: 'the whole server',
    andMore: (count: number) => `and ${count} more`,
    more: (count: number) => (count === 1 ? 'and 1 more thing' : `and ${count} more things`),
  },
  /** As Discord names them in its own settings. */
  permissions: {
    ViewChannel: 'View Channel',
    ReadMessageHistory: 'Read Message History',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    EmbedLinks: 'Embed Links',
    AttachFiles: 'Attach Files',
    AddReactions: 'Add Reactions',
    ManageMessages: 'Manage Messages',
    ModerateMembers: 'Timeout Members',
    KickMembers: 'Kick Members',
    BanMembers: 'Ban Members',
    ManageRoles: 'Manage Roles',
    ViewAuditLog: 'View Audit Log',
    MentionEveryone: 'Mention @everyone, @here and All Roles',
  },
  /** What a permission is for. */
  features: {
    seeing: 'to see what is posted',
    answers: 'to reply and to alert',
    threads: 'to reply in threads',
    cards: 'to show verdicts',
    tables: 'to send tables of engines as files',
    history: 'to catch up after a downtime',
    marks: 'to mark messages',
    pings: 'to ping that role',
    delete: 'to delete messages',
    timeOut: 'to time members out',
    kick: 'to kick members',
    ban: 'to ban members',
    quarantine: 'to give the quarantine role',
    whoAdded: 'to greet whoever added it',
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

  notAllowed:
    'Only members with **Manage Server** can see and change these settings, and those for whom `/vtconfig` is allowed in Server Settings, Integrations: they run it again every hour.',
  notHere: 'Settings exist in servers only.',
  outdated: 'This panel is from an older version. Open `/vtconfig` again.',
};
