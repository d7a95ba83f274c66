import { format } from './format.ts';

const { plural } = format;

/** As Discord names them in its own settings. */
export const permissions = {
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
  ManageGuild: 'Manage Server',
  ViewAuditLog: 'View Audit Log',
  MentionEveryone: 'Mention @everyone, @here and All Roles',
};

/** What a permission is for. */
export const features = {
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
};

/** What of a server's settings does not work. */
export const troubles = {
  title: '⚠️ Needs attention',
  messageContent:
    'Nothing can be watched: the bot may not read messages. Whoever runs it must switch **Message Content Intent** on at <https://discord.com/developers/applications> (Bot, Privileged Gateway Intents) and restart it.',
  needsKey:
    'Watched files are not scanned: this server needs its own VirusTotal key. Enter one under **VirusTotal key**.',
  keyUnreadable:
    'The VirusTotal key of this server can no longer be decrypted: enter it again under **VirusTotal key**.',
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
  more: (count: number) => plural(count, { one: 'and 1 more thing', other: `and ${count} more things` }),
};
