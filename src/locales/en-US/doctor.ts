import { format } from './format.ts';

const { number, plural } = format;

/** What a check of the machine, the services and the settings has found. */
export const doctor = {
  node: (version: string) => `Node ${version}`,
  oldNode: (version: string) => `Node ${version} is too old: 20.19 or later is needed`,
  variables: 'Variables are complete',
  variablesOfScans: 'Variables for the command line are complete',
  dataDir: (dir: string) => `Data directory ${dir} can be written`,
  dataDirUnusable: (dir: string, code: string) =>
    `Data directory ${dir} cannot be written (${code}): check its owner and space, or set DATA_DIR`,
  database: (kind: string, scans: number) =>
    plural(scans, {
      one: `Database (${kind}) can be read, 1 scan is unfinished`,
      other: `Database (${kind}) can be read, ${number(scans)} scans are unfinished`,
    }),
  damagedRows: (count: number) =>
    plural(count, {
      one: '1 row of the database cannot be read: put a backup in its place',
      other: `${number(count)} rows of the database cannot be read: put a backup in its place`,
    }),
  reachable: (host: string) => `${host} is reachable`,
  unreachable: (host: string, code: string) =>
    `${host} cannot be reached (${code}): check the network, the proxy and the address`,
  clock: (seconds: number) => `Clock is accurate to ${seconds} s`,
  wrongClock: (seconds: number) => `Clock is off by ${seconds} s: synchronize it (NTP)`,
  key: 'VirusTotal accepts the key',
  badKey: 'VirusTotal refuses VIRUSTOTAL_API_KEY: copy it again from https://www.virustotal.com/gui/my-apikey',
  keyUnknown: 'VirusTotal did not say whether it accepts the key: a scan will show',
  quota: (day: number, perDay: number, month: number, perMonth: number) =>
    `Quota: ${number(day)} of ${number(perDay)} used today, ${number(month)} of ${number(perMonth)} this month`,
  usedUp: 'Quota is used up: files wait until it is renewed at 00:00 UTC',
  noBot: 'Discord is not set up (DISCORD_TOKEN): it is needed for the bot only',
  discord: (name: string) => `Discord accepts the token of ${name}`,
  badToken: 'Discord refuses DISCORD_TOKEN: reset it at https://discord.com/developers/applications (Bot, Reset Token)',
  notAnswered: (service: string) => `${service} gave no usable answer: try again in a few minutes`,
  intents: 'Message content intent is on: channels can be watched',
  noIntents:
    'Message content intent is off: channels cannot be watched. Switch it on at https://discord.com/developers/applications (Bot)',
  notChecked: (what: string) => `${what} was not checked: set the variables first`,
};
