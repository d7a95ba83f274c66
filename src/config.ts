import { z } from 'zod';
import { formsOf, parseSecretKey, type SecretKey } from './secrets/secretKey.ts';

const hostPattern = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i;

const url = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://example.com/api' })
  .transform((text) => text.replace(/\/+$/, ''));
const count = z
  .string()
  .trim()
  .regex(/^0*[1-9]\d{0,14}$/, 'must be a whole number of 1 or more')
  .transform(Number);
/** 0: the system chooses one, which the log names. */
const port = z
  .string()
  .trim()
  .regex(/^\d{1,5}$/, 'must be a port: a number up to 65535')
  .transform(Number)
  .pipe(z.number().max(65_535, 'must be a port: a number up to 65535'));
const notSeconds = 'must be a number above 0, in seconds';
const seconds = z.coerce.number(notSeconds).positive(notSeconds);
/** A secret goes into a header, in which other characters would fail each request. */
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'has a space or a character that does not belong in it: copy it again');
const notSecretKeys =
  'must be 32 bytes in base64 or hex, or several with commas between: make one with openssl rand -base64 32';
const secretKeys = z.string().transform((text, context) => {
  const keys = text.split(',').map((one) => parseSecretKey(one.trim()));
  const read = keys.filter((key) => key !== undefined);
  if (read.length < keys.length) context.addIssue({ code: 'custom', message: notSecretKeys });
  return read;
});
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Whom the operator's key serves, besides people outside of servers: all servers, all except for watched channels, or none. */
const sharings = ['all', 'watching-needs-own', 'off'] as const;
export type Sharing = (typeof sharings)[number];

const apiUrls = {
  '2': 'https://www.virustotal.com/vtapi/v2',
  '3': 'https://www.virustotal.com/api/v3',
};

/** Every variable, by its name. Empty counts as unset. */
const environmentSchema = z.object({
  DISCORD_TOKEN: secret,
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{17,20}$/, 'must be a server id: 17 to 20 digits')
    .optional(),
  DISCORD_API_URL: url
    .refine((text) => !/\/v\d+$/.test(text), 'must not end in a version such as /v10: leave that out')
    .default('https://discord.com/api'),
  SHARDS: count.optional(),
  ATTACHMENT_HOSTS: z
    .string()
    .default('cdn.discordapp.com,media.discordapp.net')
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
    .refine(
      (hosts) => hosts.every((host) => hostPattern.test(host)),
      'must be hosts, such as cdn.discordapp.com or 127.0.0.1:8080, with commas between',
    ),
  VIRUSTOTAL_API_KEY: secret,
  VIRUSTOTAL_API_URL: url.optional(),
  VIRUSTOTAL_USER: z.string().trim().optional(),
  VIRUSTOTAL_API_VERSION: z.enum(['2', '3'], 'must be 2 or 3').default('3'),
  VIRUSTOTAL_PER_MINUTE: count.default(4),
  VIRUSTOTAL_PER_DAY: count.default(500),
  VIRUSTOTAL_PER_MONTH: count.default(15_500),
  VIRUSTOTAL_POLL_SECONDS: seconds.optional(),
  SHARED_KEY: z.enum(sharings, `must be ${sharings.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`).default('all'),
  SECRET_KEY: secretKeys.default([]),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be an address such as postgres://user:password@host:5432/database',
    })
    .optional(),
  HTTP_PORT: port.optional(),
  HTTP_HOST: z
    .string()
    .trim()
    .regex(/^[a-z0-9.:-]+$/i, 'must be an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  LOG_LEVEL: z.enum(logLevels, 'must be trace, debug, info, warn, error, fatal or silent').default('info'),
});

const missingSecret =
  'is missing: with DATABASE_URL it must be set, to the same on all hosts; make one with openssl rand -base64 32';
/** On a PostgreSQL many hosts read the servers' own keys, so a key file on one of them would not do. */
const botSchema = environmentSchema.refine(
  ({ DATABASE_URL, SECRET_KEY }) => DATABASE_URL === undefined || SECRET_KEY?.length !== 0,
  { path: ['SECRET_KEY'], message: missingSecret, when: () => true },
);

export interface Config {
  /** `shards`: how many of them; undefined: as many as Discord recommends. */
  discord: { token: string; guildId: string | undefined; apiUrl: string; shards: number | undefined };
  attachmentHosts: string[];
  virusTotal: {
    key: string;
    version: '2' | '3';
    url: string;
    user: string | undefined;
    limits: { perMinute: number; perDay: number; perMonth: number };
    /** The fixed delay between two questions about an analysis; undefined: the scheduler learns it. */
    pollSeconds: number | undefined;
  };
  /** Which servers without a VirusTotal key of their own the operator's key serves. */
  sharedKey: Sharing;
  /** What encrypts the servers' own keys: the first. All decrypt. None: a key file in `dataDir`. */
  secretKeys: readonly SecretKey[];
  dataDir: string;
  /** Of a PostgreSQL; undefined: a SQLite file in `dataDir`. */
  databaseUrl: string | undefined;
  /** Where health and metrics are served; undefined: nowhere. */
  http: { host: string; port: number } | undefined;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
}

export type ScanningConfig = Pick<Config, 'virusTotal' | 'sharedKey' | 'secretKeys' | 'dataDir' | 'databaseUrl'>;

/** Everything that is wrong with the environment, in one message. Values are not shown, because they may be secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type Environment = Record<string, string | undefined>;

export function readConfig(environment: Environment): Config {
  return configOf(parse(environment, botSchema));
}

/** Reads the variables for scanning. Variables that only the bot needs are ignored. */
export function readScanningConfig(environment: Environment): ScanningConfig {
  const others = Object.entries(environment).filter(([name]) => !/^(DISCORD_|ATTACHMENT_|HTTP_|SHARDS$)/.test(name));
  const schema = environmentSchema.extend({ DISCORD_TOKEN: z.string().default('') });
  const {
    discord: _,
    attachmentHosts: __,
    logLevel: ___,
    ...scanning
  } = configOf(parse(Object.fromEntries(others), schema));
  return scanning;
}

/** Reads where the store is, for `openStore`, whatever other variables are set. */
export function readStorePlace({ DATA_DIR, DATABASE_URL }: Environment): { dir: string; url: string | undefined } {
  const given = { DATA_DIR, DATABASE_URL };
  const read = parse(given, environmentSchema.pick({ DATA_DIR: true, DATABASE_URL: true }));
  return { dir: read.DATA_DIR, url: read.DATABASE_URL };
}

/** The values that must never be logged. */
export function secretsOf({ discord, virusTotal, secretKeys, databaseUrl }: Config): string[] {
  const password = databaseUrl && new URL(databaseUrl).password;
  const encoded = secretKeys.flatMap(({ bytes }) => formsOf(bytes));
  return [discord.token, virusTotal.key, ...encoded, ...(password ? [password, decodeURIComponent(password)] : [])];
}

function parse<Variables>(environment: Environment, schema: z.ZodType<Variables>): Variables {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const read = schema.safeParse(set);
  if (!read.success) throw new ConfigError(describe(read.error, set));
  return read.data;
}

function configOf(data: z.infer<typeof environmentSchema>): Config {
  return {
    discord: {
      token: data.DISCORD_TOKEN,
      guildId: data.DISCORD_GUILD_ID,
      apiUrl: data.DISCORD_API_URL,
      shards: data.SHARDS,
    },
    attachmentHosts: data.ATTACHMENT_HOSTS,
    virusTotal: {
      key: data.VIRUSTOTAL_API_KEY,
      version: data.VIRUSTOTAL_API_VERSION,
      url: data.VIRUSTOTAL_API_URL ?? apiUrls[data.VIRUSTOTAL_API_VERSION],
      user: data.VIRUSTOTAL_USER,
      limits: {
        perMinute: data.VIRUSTOTAL_PER_MINUTE,
        perDay: data.VIRUSTOTAL_PER_DAY,
        perMonth: data.VIRUSTOTAL_PER_MONTH,
      },
      pollSeconds: data.VIRUSTOTAL_POLL_SECONDS,
    },
    sharedKey: data.SHARED_KEY,
    secretKeys: data.SECRET_KEY,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    http: data.HTTP_PORT === undefined ? undefined : { host: data.HTTP_HOST, port: data.HTTP_PORT },
    logLevel: data.LOG_LEVEL,
  };
}

function describe(error: z.ZodError, set: Record<string, unknown>): string {
  const problems = error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name} ${name in set || message === missingSecret ? message : 'is missing'}`;
  });
  return [
    'These variables keep vtscan from starting (README.md and docs/variables.md say where each comes from):',
    ...problems,
  ].join('\n');
}
