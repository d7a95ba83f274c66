export const alerts = {
  title: { malicious: 'Malicious file', suspicious: 'Suspicious file' },
  by: (who: string, name: string, id: string, isBot: boolean, others: number) =>
    `${isBot ? 'Posted by the bot' : 'Posted by'} ${who} (${name}, ${id})${others > 0 ? ` and ${others} more` : ''}`,
  byWebhook: (name: string) => `Posted by the webhook ${name}`,
  created: (when: string) => `account created ${when}`,
  joined: (when: string) => `joined ${when}`,
  left: 'no longer a member',
  flaggedBefore: (count: number) =>
    count === 0 ? 'never flagged here before' : `flagged here ${count === 1 ? 'once' : `${count} times`} before`,
  copies: (count: number) => `**Posted ${count} times**`,
  more: (count: number) => `and ${count} more`,
  onlyAlert: 'No action was taken, as the settings say.',
  already: 'The message had already been deleted.',
  done: {
    delete: (count: number, _until: string) =>
      `Deleted ${count === 1 ? 'the message' : `${count} messages`}; that cannot be undone.`,
    timeOut: (count: number, until: string) =>
      `Timed out ${count === 1 ? 'the author' : `${count} authors`} until ${until}. To undo: the member's profile, Remove Timeout.`,
    tellAuthor: (count: number, _until: string) => `Told ${count === 1 ? 'the author' : `${count} authors`} privately.`,
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
    outranked: 'the highest role of that member is not below that of the bot, or of the person who pressed.',
    memberLeft: 'that member has left the server.',
    notAMember: 'a webhook posted it.',
    noAccess: 'the bot cannot see that channel.',
    closed: 'that member does not accept private messages.',
    tooLate: 'that time is already over.',
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
  notAllowed: (permission: string) => `You need the permission **${permission}** for that.`,
  unknownCase: 'This alert is too old for its buttons: they work for 30 days.',
  /** For the audit log. */
  reason: (verdict: 'suspicious' | 'malicious', name: string, flagged: number, opinions: number) =>
    `vtscan: ${verdict} file ${name}${opinions > 0 ? ` (${flagged}/${opinions} engines)` : ', blocked here'}`,
  pressReason: (who: string, name: string) => `vtscan: ${who} pressed the button, because of ${name}`,

  toAuthor: (files: string, channel: string, server: string) =>
    `Your message in ${channel} of ${server} was deleted, because of ${files}: antivirus engines flag it. You may not have known, and they can be wrong. Scan the device that it came from. If you made the file yourself, tell the moderators of that server: they can trust it.`,
  quotaUsedUp: (quota: 'day' | 'month', when: string | undefined) =>
    `⏳ ${quota === 'month' ? "This month's" : "Today's"} VirusTotal quota is used up: files in watched channels wait, and continue by themselves${when ? ` ${when}` : ''}.`,
};
