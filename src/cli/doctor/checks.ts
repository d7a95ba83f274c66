import axios from 'axios';
import { z } from 'zod';
import { isLoopback } from '../../http/loopback.ts';
import type { Locale } from '../../locales/en-US.ts';
import { type Clock, startDeadline } from '../../scan/clock.ts';
import { systemCode } from '../../store/refused.ts';

/** The result of a check. `note`: it works, with a limitation. */
export interface Finding {
  state: 'good' | 'note' | 'wrong';
  text: string;
}

export const good = (text: string): Finding => ({ state: 'good', text });
export const note = (text: string): Finding => ({ state: 'note', text });
export const wrong = (text: string): Finding => ({ state: 'wrong', text });

const answerDeadline = 10_000;
const largestClockError = 60_000;
const headerSchema = z.string().transform(Date.parse).pipe(z.number()).optional().catch(undefined);

export interface Response {
  status: number;
  body: unknown;
  /** How far its clock is ahead of ours, in ms, if its answer has a date. */
  ahead: number | undefined;
}

/** Runs `work`. Its signal fires with ETIMEDOUT after ten seconds. */
export async function withDeadline<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = startDeadline(clock, answerDeadline, Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
  try {
    return await work(late.signal);
  } finally {
    late.clear();
  }
}

export function request(address: string, headers: Record<string, string>, clock: Clock): Promise<Response> {
  return withDeadline(clock, async (signal) => {
    const asked = clock.now();
    const response = await axios.get<unknown>(address, {
      headers: { 'User-Agent': 'vtscan', ...headers },
      signal,
      validateStatus: () => true,
      maxRedirects: 0,
      ...(isLoopback(new URL(address)) ? { proxy: false as const } : {}),
    });
    const date = headerSchema.parse(response.headers.date);
    const middle = (asked + clock.now()) / 2;
    return { status: response.status, body: response.data, ahead: date === undefined ? undefined : date - middle };
  });
}

/** Checks whether the address answers at all, with whatever status. */
export async function checkReachable(address: string, clock: Clock, { doctor }: Locale['cli']) {
  const { host } = new URL(address);
  try {
    const { ahead } = await request(address, {}, clock);
    return { finding: good(doctor.reachable(host)), ahead };
  } catch (error) {
    return { finding: wrong(doctor.unreachable(host, systemCode(error) ?? '?')), ahead: undefined };
  }
}

/** Checks the clock, which the days of the quota and expiring links depend on. */
export function checkClock(ahead: number, { doctor }: Locale['cli']): Finding {
  const seconds = Math.ceil(Math.abs(ahead) / 1000);
  return Math.abs(ahead) > largestClockError ? wrong(doctor.wrongClock(seconds)) : good(doctor.clock(seconds));
}
