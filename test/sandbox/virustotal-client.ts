import type { TestContext } from 'node:test';
import { z } from 'zod';
import { type MovableClock, movableClock } from '../../sandbox/clock.ts';
import { type SandboxVirusTotal, startVirusTotal, type VirusTotalOptions } from '../../sandbox/virustotal/server.ts';

const error = z.object({ code: z.string(), message: z.string() });
const row = z.object({ category: z.string(), engine_name: z.string(), result: z.string().nullable() });
const reference = z.object({ data: z.object({ type: z.literal('analysis'), id: z.string() }) });
const analysis = z.object({
  data: z.object({
    attributes: z.object({
      status: z.string(),
      stats: z.record(z.string(), z.number()),
      results: z.record(z.string(), row),
    }),
  }),
  meta: z.object({ file_info: z.object({ sha256: z.string() }) }),
});
const report = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.looseObject({
      names: z.array(z.string()),
      tags: z.array(z.string()),
      last_analysis_stats: z.record(z.string(), z.number()),
      last_analysis_results: z.record(z.string(), row),
    }),
  }),
});

export interface Started {
  virusTotal: SandboxVirusTotal;
  clock: MovableClock;
}

/** A sandbox that lives as long as the test, with a quota that does not get in the way. */
export async function started(t: TestContext, options: Partial<VirusTotalOptions> = {}): Promise<Started> {
  const clock = movableClock();
  const virusTotal = await startVirusTotal({ clock, perMinute: 1000, perDay: 10_000, ...options });
  t.after(() => virusTotal.close());
  return { virusTotal, clock };
}

/** The few things that the tests ask, in the shapes that they read. */
export function client(virusTotal: SandboxVirusTotal, key = virusTotal.key) {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, `${virusTotal.url}/`), { ...init, headers: { 'x-apikey': key } });

  async function post(path: string, content: Uint8Array | string, name = 'a.txt', password?: string) {
    const body = new FormData();
    if (password !== undefined) body.append('password', password);
    body.append('file', new Blob([content]), name);
    return ask(path, { method: 'POST', body });
  }

  return {
    ask,
    post,
    upload: async (content: Uint8Array | string, name?: string, password?: string) =>
      reference.parse(await (await post('files', content, name, password)).json()).data.id,
    reanalyse: async (id: string) =>
      reference.parse(await (await ask(`files/${id}/analyse`, { method: 'POST' })).json()).data.id,
    analysis: async (id: string) => analysis.parse(await (await ask(`analyses/${encodeURIComponent(id)}`)).json()),
    report: async (id: string) => report.parse(await (await ask(`files/${id}`)).json()).data,
    uploadUrl: async () => z.object({ data: z.url() }).parse(await (await ask('files/upload_url')).json()).data,
  };
}

/** `404 NotFoundError`, or the status alone where the body is none of the service's. */
export async function outcome(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  const body = z.object({ error }).safeParse(await answer.json().catch(() => undefined));
  return body.success ? `${answer.status} ${body.data.error.code}` : String(answer.status);
}
