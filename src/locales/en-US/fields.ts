/** Every setting of a server: its name, what it is, and its values. */
export const fields = {
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
    about:
      'Risky files are everything except genuine images, audio, video and plain text. The content decides, not the name.',
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
      'Web addresses in watched channels are checked with the quota that files leave: the first 5 of each message, except well-known sites.',
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
      'A member posts the same files, or only images, in 3 or more channels within a minute. This does not wait for a verdict.',
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
  warn: { label: 'Suspicious from', about: 'At least this many independent engines must flag a file.' },
  act: {
    label: 'Malicious from',
    about:
      'At least this many independent engines must call a file malware. Up to 3, two are enough if one of them hardly ever raises false alarms.',
  },
  timeOut: { label: 'Time-out', about: 'How long an author is timed out.' },
  newAccountDays: {
    label: 'Strict with new accounts',
    about: 'A suspicious file from a younger account is treated like a malicious one.',
    values: { 0: 'off', 1: 'younger than 1 day', 7: 'younger than 7 days', 30: 'younger than 30 days' },
  },
  quarantineRole: {
    label: 'Quarantine role',
    about: 'The role that quarantined members get. It should not see any channels.',
  },
  tellAuthor: {
    label: 'Tell the author',
    about:
      'Members get a private message that says why their message was deleted, or why they were timed out, quarantined, kicked or banned.',
  },
  appeal: { label: 'How to appeal', about: 'Your text in that private message: whom to contact, and where.' },
  alertChannel: {
    label: 'Alert channel',
    about: 'Alerts and changes to these settings are posted there. Choose one that only moderators can see.',
  },
  language: {
    label: 'Language',
    about:
      'For public replies and alerts. Messages that only you see are in your Discord language. Discord only knows the language of Community servers.',
    values: { server: 'the one set in Discord' },
  },
  pingRole: { label: 'Role to ping', about: 'Mentioned in each alert.' },
  moderatorRole: {
    label: 'Moderator role',
    about: 'Its members may use the buttons of alerts without the permission, except Kick, Ban, Trust and Block.',
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
};
