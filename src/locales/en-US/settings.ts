export const config = {
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
    watchedChannels: { label: 'Picked channels', about: 'As soon as one is picked, only picked channels are watched.' },
    exemptChannels: { label: 'Exempt channels', about: 'Never watched.' },
    exemptRoles: {
      label: 'Exempt roles',
      about: 'Files from members with these roles are not scanned. To exempt a single bot, pick its role.',
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
    links: { label: 'Links too', about: 'Web addresses in watched channels are checked as well.' },
    exemptBots: { label: 'Ignore bots', about: 'Files that bots post are not scanned.' },
    exemptWebhooks: { label: 'Ignore webhooks', about: 'Files that webhooks post are not scanned.' },
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
        'Only the person who asked sees the reply to `/vtscan` and Scan attachments, unless its option `private` says otherwise.',
    },
    warn: { label: 'Suspicious from', about: 'At least this many engines must flag a file.' },
    act: {
      label: 'Malicious from',
      about:
        'At least this many engines must flag a file. One of the few with hardly any false alarms is always enough.',
    },
    onSuspicious: { label: 'Suspicious file', about: 'What the bot does when a watched file is suspicious.' },
    onMalicious: { label: 'Malicious file', about: 'What the bot does when a watched file is malicious.' },
    timeOut: { label: 'Time-out', about: 'How long an author is timed out.' },
    tellAuthor: {
      label: 'Tell the author',
      about: 'The author of a deleted message gets a private message that says why.',
    },
    alertChannel: {
      label: 'Alert channel',
      about: 'Alerts and changes to these settings are posted there. Choose one that only moderators can see.',
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
      exemptRole: 'Whoever posted it has an exempt role.',
      exemptChannel: 'It is in an exempt channel.',
      exemptBot: 'A bot posted it, and bots are ignored.',
      exemptWebhook: 'A webhook posted it, and webhooks are ignored.',
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
  notHere: 'Settings exist in servers only.',
  outdated: 'This panel is from an older version. Open `/vtconfig` again.',
};
