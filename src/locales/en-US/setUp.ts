import { format } from './format.ts';
import { uploads } from './help.ts';

const { number } = format;

export const setUp = {
  title: (step: number, what: string) => `Set up · ${step} of 3 · ${what}`,
  next: 'Next',
  back: 'Back',
  anyway: 'Continue anyway',
  finish: 'Switch on',
  done: '✅ It is set up',
  capacity: (unknown: number, mostlyKnown: number) =>
    `This bot's key can check about ${number(unknown)} new files a day, or ${number(mostlyKnown)} if VirusTotal knows four out of five. The rest waits for the next day; \`/vtscan\` goes first.`,

  alerts: {
    title: 'Where alerts go',
    about:
      'When somebody posts a bad file, moderators get an alert there: who, where, what, and buttons to act. Recommended: a channel that only moderators can see.',
    none: 'There is no channel that only moderators can see. Make one and open this again, or choose one below.',
    choose: 'Channel for alerts',
    without: 'Continue without alerts',
    isPublic: (channel: string) =>
      `⚠️ Everyone can read ${channel}: members would see who was flagged, and what moderators do.`,
  },
  watch: {
    title: 'What is watched',
    about:
      'Files posted in watched channels are scanned without anyone asking. Images, audio, video and text are skipped.',
    pick: 'Channels to watch',
    missing: 'Choose at least one channel.',
    values: {
      all: { label: 'All channels (recommended)', about: 'Every channel that the bot can see, threads included' },
      some: { label: 'Only some channels', about: 'You choose them; files posted elsewhere are ignored' },
      none: { label: 'Nothing', about: 'Members can still scan files themselves with /vtscan' },
    },
  },
  upload: {
    title: 'Files that VirusTotal does not know',
    about:
      'Only the fingerprint of a file is looked up at first. If VirusTotal has never seen the file, only an upload tells whether it is bad, and uploads cannot be taken back.',
    values: {
      ask: { label: 'Ask before each upload (recommended)', about: 'The author or a moderator decides with a button' },
      auto: { label: 'Always upload', about: 'Every file gets a verdict; private documents may leave the server' },
      'hash-only': { label: 'Never upload', about: 'Nothing leaves the server; new malware stays unknown' },
    },
  },

  test: {
    button: 'Send a test alert',
    title: '🧪 Test alert: nothing has happened',
    text: (who: string) =>
      `${who} is testing the alerts. A real one says who posted what and where, and how many engines flag it. It has these buttons:\n• **Delete** removes the message\n• **Time out** and **Ban** act on its author\n• **Dismiss** closes the alert\n• **Trust** ends alerts about that exact file\nOnly people whose own permissions allow it can press them.`,
    posted: (channel: string) => `✅ A test alert stands in ${channel}.`,
    lacks: (channel: string, permissions: string) =>
      `❌ No test alert: the bot needs **${permissions}** in ${channel}. Allow it there for the role of the bot, then try again.`,
    gone: '❌ No test alert: the alert channel is no longer there, or hidden from the bot. Choose it again.',
    refused: (channel: string) =>
      `❌ No test alert: Discord refused it in ${channel}. Try again, or choose another channel.`,
    noChannel: '❌ No test alert: there is no alert channel.',
  },

  notice: {
    button: 'Post a notice for members',
    text: (upload: keyof typeof uploads) =>
      `🔎 **Files posted here are checked for malware.** The fingerprint (SHA-256) of each file is looked up at VirusTotal; images, audio, video and text are skipped. ${uploads[upload]} \`/help\` says more.`,
    textEverywhere: (upload: keyof typeof uploads) =>
      `🔎 **Files posted in this server are checked for malware.** The fingerprint (SHA-256) of each file is looked up at VirusTotal; images, audio, video and text are skipped. ${uploads[upload]} \`/help\` says more.`,
    posted: (channels: string) => `✅ Posted a notice in ${channels}. You may want to pin it.`,
    failed: (channels: string) => `❌ No notice in ${channels}: the bot cannot post there, or it is a forum.`,
  },

  welcome: {
    text: (server: string) =>
      `👋 Thank you for adding me to **${server}**. I check whether files are malware, using VirusTotal. Members can ask right away: \`/vtscan\`. Nothing is watched yet, and there are no alerts: setting that up takes a minute.`,
    button: 'Set up',
  },
};
