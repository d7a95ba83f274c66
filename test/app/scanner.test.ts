import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startVirusTotal } from '../../sandbox/virustotal/server.ts';
import { startScanner } from '../../src/app/scanner.ts';
import { readScanningConfig } from '../../src/config.ts';
import type { Activity } from '../../src/scan/ports.ts';
import type { Scan } from '../../src/scan/scan.ts';
import { withStore } from '../store/opened.ts';

test('a store that fails while a waiting call looks for its key fails no scan', () =>
  withStore(async ({ store, dir, clock }) => {
    const virusTotal = await startVirusTotal({ clock, analysisTime: () => 100 });
    const path = join(dir, 'tool.exe');
    await writeFile(path, 'tool');
    const config = readScanningConfig({
      VIRUSTOTAL_API_KEY: virusTotal.key,
      VIRUSTOTAL_API_URL: virusTotal.url,
      VIRUSTOTAL_PER_MINUTE: '1',
      VIRUSTOTAL_POLL_SECONDS: '0.05',
      DATA_DIR: dir,
    });
    const told: { scan: Scan; activity: Activity | undefined }[] = [];
    const errors: string[] = [];
    const { scanner, stop } = await startScanner(store, config, {
      clock,
      announcer: { tell: (scan, activity) => void told.push({ scan, activity }) },
      report: (error) => void errors.push(String(error)),
      queue: () => {},
    });
    const until = async (holds: () => boolean, step = 0) => {
      while (!holds()) {
        if (step > 0) clock.jump(step);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };

    const origin = { urgency: 'automatic', server: 's' } as const;
    await scanner.upload({ source: { kind: 'path', path, name: 'tool.exe' }, origin });
    await until(() => told.some(({ activity }) => activity?.kind === 'waiting'));
    await store.sql.query('ALTER TABLE rows RENAME TO away');
    store.news.tell('serverKeys');
    await until(() => errors.length > 0);
    await store.sql.query('ALTER TABLE away RENAME TO rows');
    const last = () => told.at(-1)?.scan;
    await until(() => last()?.stage === 'settled', 1_000);
    const end = last();
    assert.equal(end?.stage === 'settled' && end.outcome.kind, 'done');
    assert.match(errors.join(), /^StoreTrouble: the store failed/);
    await stop();
    await virusTotal.close();
  }));
