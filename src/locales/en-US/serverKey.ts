import { format } from './format.ts';

const { number } = format;

/** A server's own VirusTotal key, in the panel. */
export const serverKey = {
  about:
    'With a VirusTotal key of its own, a server has its own quota and its own line. The key is stored encrypted, used for this server only, and never shown again.',
  /** Without a key of its own, by what the operator lends. */
  none: {
    all: 'This server uses the key of whoever runs this bot, together with other servers.',
    'watching-needs-own':
      'Commands use the key of whoever runs this bot. To watch channels, this server needs a key of its own.',
    off: 'This server needs a key of its own: whoever runs this bot shares none with servers.',
  },
  set: (lastFour: string, who: string, when: string) => `Key ending in **${lastFour}**, entered by ${who} ${when}`,
  limits: (minute: number, day: number, month: number) =>
    `VirusTotal allows it ${number(minute)} requests a minute, ${number(day)} a day and ${number(month)} a month.`,
  unchecked: (minute: number, day: number, month: number) =>
    `VirusTotal does not tell this bot whether the key works. It counts as a free one: ${number(minute)} requests a minute, ${number(day)} a day and ${number(month)} a month. If VirusTotal refuses it, the files of this server wait and say so.`,
  unreadable: '⚠️ This key can no longer be decrypted. Enter it again: until then, the files of this server wait.',
  get: 'Keys are free: sign up at <https://www.virustotal.com/gui/join-us>, then copy yours from <https://www.virustotal.com/gui/my-apikey>.',
  enter: 'Enter a key …',
  replace: 'Replace it …',
  remove: 'Remove it',
  fallBack: "If it is refused or used up, use the bot's key",
  form: {
    title: 'VirusTotal key',
    label: 'API key',
    about: '64 characters. Only you see this form, and nobody sees the key again.',
  },
  refusals: {
    notAKey:
      'That is not a VirusTotal key. Keys are 64 letters and digits without spaces. It was sent to nobody. Nothing was changed.',
    refused:
      'VirusTotal refuses that key. Copy it again from <https://www.virustotal.com/gui/my-apikey>. Nothing was changed.',
    unreachable: 'VirusTotal cannot be reached to check that key. Try again in a few minutes. Nothing was changed.',
  },
  /** In the alert channel. */
  changed: {
    entered: (who: string) => `🔑 ${who} entered a VirusTotal key for this server`,
    removed: (who: string) => `🔑 ${who} removed the VirusTotal key of this server`,
    fallBackOn: (who: string) =>
      `🔑 ${who} allowed the bot's VirusTotal key for when the server's own is refused or used up`,
    fallBackOff: (who: string) =>
      `🔑 ${who} no longer allows the bot's VirusTotal key for when the server's own is refused or used up`,
  },
};
