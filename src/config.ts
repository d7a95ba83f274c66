import { z } from 'zod';

const hostPattern = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i;

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const count = z.coerce.number().int().positive();
const secret = z.string().trim().min(1, 'is missing');

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
  DISCORD_API_URL: url.default('https://discord.com/api'),
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
  VIRUSTOTAL_API_VERSION: z.enum(['2', '3']).default('3'),
  VIRUSTOTAL_PER_MINUTE: count.default(4),
  VIRUSTOTAL_PER_DAY: count.default(500),
  VIRUSTOTAL_PER_MONTH: count.default(15_500),
  VIRUSTOTAL_POLL_SECONDS: z.coerce.number().positive().optional(),
  DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface Config {
  discord: { token: string; guildId: string | undefined; apiUrl: string };
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
  dataDir: string;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
}

/** All that is wrong with the environment, in one message. Values are not shown: they may be secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const { data, error } = environmentSchema.safeParse(set);
  if (!data) throw new ConfigError(describe(error, set));
  return {
    discord: { token: data.DISCORD_TOKEN, guildId: data.DISCORD_GUILD_ID, apiUrl: data.DISCORD_API_URL },
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
    dataDir: data.DATA_DIR,
    logLevel: data.LOG_LEVEL,
  };
}

function describe(error: z.ZodError, set: Record<string, unknown>): string {
  const problems = error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name} ${name in set ? message : 'is missing'}`;
  });
  return ['These variables keep vtscan from starting (the README says where each comes from):', ...problems].join('\n');
}
