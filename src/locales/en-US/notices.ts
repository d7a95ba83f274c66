/** What a server is told of the bot itself. */
export const notices = {
  /** Told where alerts do not arrive. */
  fallback: {
    noChannel: (_channel: string) =>
      '⚠️ vtscan found a bad file here and has no channel for its alerts. Choose one with `/vtconfig` → Alerts: the alert waits for it.',
    noAccess: (channel: string) =>
      `⚠️ vtscan may not post its alerts in ${channel}. Let it view the channel, send messages and embed links there, or choose another channel with \`/vtconfig\` → Alerts: the alerts wait.`,
    channelGone: (_channel: string) =>
      '⚠️ The channel for vtscan’s alerts is gone. Choose another one with `/vtconfig` → Alerts: the alerts wait.',
    refused: (channel: string) =>
      `⚠️ Discord does not accept vtscan’s alerts in ${channel}. Choose another channel with \`/vtconfig\` → Alerts: the alerts wait.`,
    toOwner: (server: string, text: string) => `About your server ${server}:\n${text}`,
  },
  troubles: {
    key: '⚠️ VirusTotal refuses the API key of this bot: files in watched channels wait, for up to a day, until whoever runs the bot gives it one that works.',
    down: '⚠️ VirusTotal does not answer at the moment: files in watched channels are not judged. Treat them with care.',
    ownKey:
      "⚠️ This server's VirusTotal key does not work: VirusTotal refuses it, or it can no longer be decrypted. Enter it again in `/vtconfig` → **VirusTotal key**. Until then, files in watched channels wait for up to a day, unless the bot's key may step in.",
    noKey:
      '⚠️ Files in watched channels are not scanned: this server needs its own VirusTotal key. Enter one in `/vtconfig` → **VirusTotal key**.',
  },
  troubleOver: {
    key: '✅ VirusTotal accepts the API key of this bot again: the files that waited are being scanned.',
    down: '✅ VirusTotal answers again: files in watched channels are judged. Those marked ❌ were not: scan them with **Scan attachments**.',
    ownKey: '✅ Files in watched channels are scanned again.',
    noKey: '✅ Files in watched channels are scanned again.',
  },
  quotaUsedUp: (quota: 'day' | 'month', when: string | undefined) =>
    `⏳ ${quota === 'month' ? "This month's" : "Today's"} VirusTotal quota is used up: files in watched channels wait, and continue by themselves${when ? ` ${when}` : ''}.`,
};
