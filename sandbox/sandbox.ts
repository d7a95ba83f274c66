import type { Config } from '../src/config.ts';
import type { Clock } from '../src/scan/clock.ts';
import { type DiscordOptions, type SandboxDiscord, startDiscord } from './discord/server.ts';
import { type SandboxVirusTotal, startVirusTotal, type VirusTotalOptions } from './virustotal/server.ts';

/** Both services that the bot speaks to, on loopback. Verdicts here are simulated. */
export interface Sandbox {
  discord: SandboxDiscord;
  virusTotal: SandboxVirusTotal;
  /** The configuration of a bot that lives in it. */
  config(dataDir: string, changes?: Partial<Config['virusTotal']>): Config;
  close(): Promise<void>;
}

export interface SandboxOptions {
  clock: Clock;
  discord?: Partial<DiscordOptions>;
  virusTotal?: Partial<VirusTotalOptions>;
}

export async function startSandbox({ clock, ...options }: SandboxOptions): Promise<Sandbox> {
  const discord = await startDiscord({ clock, ...options.discord });
  const virusTotal = await startVirusTotal({ clock, ...options.virusTotal });
  return {
    discord,
    virusTotal,
    config: (dataDir, changes = {}) => ({
      discord: { token: discord.token, guildId: undefined, apiUrl: discord.apiUrl, shards: undefined },
      attachmentHosts: [discord.host],
      virusTotal: {
        key: virusTotal.key,
        version: '3',
        url: virusTotal.url,
        user: virusTotal.userId,
        limits: { perMinute: 4, perDay: 500, perMonth: 15_500 },
        pollSeconds: undefined,
        ...changes,
      },
      sharedKey: 'all',
      secretKeys: [],
      dataDir,
      databaseUrl: undefined,
      http: undefined,
      logLevel: 'info',
    }),
    async close() {
      await discord.close();
      await virusTotal.close();
    },
  };
}
