import { randomUUID } from 'node:crypto';
import { movableClock } from '../../sandbox/clock.ts';
import { fingerprintOfHash } from '../../sandbox/virustotal/fingerprint.ts';
import { type SandboxVirusTotal, startVirusTotal } from '../../sandbox/virustotal/server.ts';
import type { Engine } from '../../src/scan/ports.ts';
import type { EngineWorld } from '../contracts/engine.ts';

export const key = `key-${randomUUID()}`;
export const known = 'cd'.repeat(32);

export const marked = (word: string) => Buffer.from(`${randomUUID()}\nvtscan-sandbox: ${word}\n`);

/** A VirusTotal on loopback that knows one file. */
export async function sandbox() {
  const clock = movableClock();
  const service = await startVirusTotal({
    clock,
    key,
    perMinute: 1000,
    known: [{ content: known, verdict: 'malicious', name: 'C:\\Users\\me\\bad.exe' }],
  });
  let open = true;
  const close = async () => {
    if (open) await service.close();
    open = false;
  };
  return { clock, service, close };
}

/** What the contract of engines needs, for an engine before it. */
export async function engineWorld(engineOf: (service: SandboxVirusTotal, key: string) => Engine): Promise<EngineWorld> {
  const { clock, service, close } = await sandbox();
  const strangerKey = `stranger-${randomUUID()}`;
  const { sha256, sha1, md5 } = fingerprintOfHash(known);
  return {
    engine: engineOf(service, key),
    stranger: { engine: engineOf(service, strangerKey), key: strangerKey },
    known: { sha256, sha1, md5 },
    harmful: () => marked('malicious'),
    harmless: () => marked('clean'),
    harmfulPage: () => `https://malicious.${randomUUID()}.example/a?b=c~~~`,
    harmlessPage: () => `https://${randomUUID()}.example/`,
    now: clock.now,
    finishAnalyses: () => clock.jump(60_000),
    requests: () => service.requests.length,
    useUpQuota: () => service.setUsed({ day: 500 }),
    close,
  };
}
