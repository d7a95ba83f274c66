import { z } from 'zod';
import type { Config, ScanningConfig } from '../../config.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { Clock } from '../../scan/clock.ts';
import { codeOf } from '../../scan/failure.ts';
import { virusTotal } from '../../virustotal/virusTotal.ts';
import { type Finding, good, note, request, withDeadline, wrong } from './checks.ts';

/** Checks the key and its quota, which costs no quota. */
export async function checkKey(config: ScanningConfig, clock: Clock, { doctor }: Locale['cli']): Promise<Finding[]> {
  const engine = virusTotal({ ...config.virusTotal, clock });
  const { perDay, perMonth } = config.virusTotal.limits;
  try {
    const usage = await withDeadline(clock, (signal) => engine.usage(signal));
    if (!usage) return [note(doctor.keyUnknown)];
    const [day, month] = [usage.day?.used ?? 0, usage.month?.used ?? 0];
    const [ofDay, ofMonth] = [usage.day?.allowed ?? perDay, usage.month?.allowed ?? perMonth];
    const isUsedUp = day >= ofDay || month >= ofMonth;
    return [good(doctor.key), isUsedUp ? note(doctor.usedUp) : good(doctor.quota(day, ofDay, month, ofMonth))];
  } catch (error) {
    return [wrong(codeOf(error) === 'engine.badKey' ? doctor.badKey : doctor.notAnswered('VirusTotal'))];
  }
}

const applicationSchema = z.object({ name: z.string(), flags: z.number().catch(0) });

/** The flags GATEWAY_MESSAGE_CONTENT and GATEWAY_MESSAGE_CONTENT_LIMITED. */
const messageContent = (1 << 18) | (1 << 19);

/** Checks the token and the intents. */
export async function checkBot({ discord }: Config, clock: Clock, { doctor }: Locale['cli']): Promise<Finding[]> {
  const headers = { Authorization: `Bot ${discord.token}` };
  const address = `${discord.apiUrl}/v10/applications/@me`;
  const response = await request(address, headers, clock).catch(() => undefined);
  if (response?.status === 401 || response?.status === 403) return [wrong(doctor.badToken)];
  const application = applicationSchema.safeParse(response?.body);
  if (response?.status !== 200 || !application.success) return [wrong(doctor.notAnswered('Discord'))];
  const { name, flags } = application.data;
  return [good(doctor.discord(name)), flags & messageContent ? good(doctor.intents) : note(doctor.noIntents)];
}
