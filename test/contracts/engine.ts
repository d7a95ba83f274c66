import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { analysing, opened } from '../../src/inquiry/inquiry.ts';
import type { Subject } from '../../src/inquiry/subject.ts';
import { Failure, type FailureCode } from '../../src/scan/failure.ts';
import type { Ask, Engine, Upload } from '../../src/scan/ports.ts';
import { askOf } from '../fixtures/ask.ts';
import { wordOn } from '../fixtures/judging.ts';

/** A service with an engine in front of it, and the handles of what may happen to it. */
export interface EngineWorld {
  engine: Engine;
  /** The same service, asked with a key that it does not know. */
  stranger: { engine: Engine; key: string };
  /** A file that the service has had for long and that many flag. */
  known: { sha256: string; sha1: string; md5: string };
  /** Addresses that are new to the service: one that it will flag, and one that it will not. */
  harmfulPage(): string;
  harmlessPage(): string;
  /** New to the service: made so that it will find something, or nothing. */
  harmful(): Buffer;
  harmless(): Buffer;
  now(): number;
  /** Lets every analysis that has begun come to its end. */
  finishAnalyses(): void;
  /** Requests that have arrived. */
  requests(): number;
  useUpQuota(): void;
  close(): Promise<void>;
}

/** What an API may lack: why the case cannot be tested. */
export interface Lacking {
  rescan?: string;
  usage?: string;
}

/** What every engine must do, whatever API it speaks. */
export function engineContract(name: string, setup: () => Promise<EngineWorld>, lacking: Lacking = {}): void {
  describe(name, () => {
    const unseen = 'ab'.repeat(32);

    /** Each test has a service of its own. */
    const it = (title: string, body: (world: EngineWorld) => Promise<void>, skip: string | false = false) =>
      test(title, { skip }, async () => {
        const world = await setup();
        try {
          await body(world);
        } finally {
          await world.close();
        }
      });

    it('a file that nobody has uploaded is unknown', async ({ engine }) => {
      assert.equal(await engine.lookUp(fileOf(unseen), anAsk()), undefined);
    });

    it('a known file comes with its report, at the price of one request', async ({ engine, known, now, requests }) => {
      const { report } = (await engine.lookUp(fileOf(known.sha256), anAsk())) ?? {};
      assert.ok(report);
      assert.equal(wordOn(report.engines), 'malicious');
      assert.ok(report.engines.some((row) => row.category === 'malicious' && row.label));
      assert.ok(report.analysedAt > 0 && report.analysedAt <= now());
      assert.match(report.link, new RegExp(`^https://www\\.virustotal\\.com/.*${known.sha256}`));
      assert.equal(requests(), 1);
    });

    it('a known file is found by each of its hashes, and its page is the same', async ({ engine, known }) => {
      for (const hash of [known.sha256, known.sha1, known.md5, known.md5.toUpperCase()]) {
        const { report } = (await engine.lookUp(fileOf(hash), anAsk())) ?? {};
        assert.equal(report?.link, `https://www.virustotal.com/gui/file/${known.sha256}`);
        assert.equal(report.facts?.sha256, known.sha256);
      }
    });

    it('an address is unknown, then submitted and analysed, then known with its verdict', async (world) => {
      for (const [url, verdict] of [
        [world.harmfulPage(), 'malicious'],
        [world.harmlessPage(), 'clean'],
      ] as const) {
        const { engine } = world;
        const page: Subject = { kind: 'url', url };
        assert.equal(await engine.lookUp(page, anAsk()), undefined);
        const analysisId = await engine.submit(page, anAsk());
        const inquiry = analysing(opened(url, page), world.now(), analysisId);
        assert.equal((await engine.poll(inquiry, anAsk())).finished, false);
        assert.equal((await engine.lookUp(page, anAsk()))?.report, undefined);
        assert.equal((await engine.poll({ ...inquiry, analysisId: undefined }, anAsk())).finished, false);

        world.finishAnalyses();
        const { finished, report } = await engine.poll(inquiry, anAsk());
        assert.deepEqual([finished, wordOn(report.engines)], [true, verdict]);
        assert.match(report.link, /^https:\/\/www\.virustotal\.com\/gui\/url\/[0-9a-f]{64}$/);
        const known = (await engine.lookUp(page, anAsk()))?.report;
        assert.equal(known && wordOn(known.engines), verdict);
        assert.equal(known?.link, report.link);
        assert.equal((await engine.poll({ ...inquiry, analysisId: undefined }, anAsk())).finished, true);
      }
    });

    it(
      'a known file is analysed again without its bytes',
      async ({ engine, known, now, finishAnalyses }) => {
        const begun = now();
        const analysisId = await engine.submit(fileOf(known.md5), anAsk());
        const inquiry = analysing(opened(known.md5, fileOf(known.md5)), begun, analysisId);
        assert.equal((await engine.poll(inquiry, anAsk())).finished, false);
        finishAnalyses();
        const { finished, report } = await engine.poll(inquiry, anAsk());
        assert.deepEqual([finished, wordOn(report.engines)], [true, 'malicious']);
        assert.ok(report.analysedAt >= begun - 1000);
        await failsWith('engine.unseen', engine.submit(fileOf(unseen), anAsk()));
      },
      lacking.rescan,
    );

    it('an uploaded file is analysed, then has a verdict, and is known from then on', async (world) => {
      for (const [content, verdict] of [
        [world.harmful(), 'malicious'],
        [world.harmless(), 'clean'],
      ] as const) {
        const file = await uploadOf(content);
        const begun = world.now();
        const analysisId = await world.engine.upload(file, anAsk());
        const inquiry = analysing(opened(file.sha256, fileOf(file.sha256)), begun, analysisId);
        const early = await world.engine.poll(inquiry, anAsk());
        assert.equal(early.finished, false);
        assert.notEqual(wordOn(early.report.engines), 'clean');

        world.finishAnalyses();
        const late = await world.engine.poll(inquiry, anAsk());
        assert.equal(late.finished, true);
        assert.equal(wordOn(late.report.engines), verdict);
        const known = await world.engine.lookUp(fileOf(file.sha256), anAsk());
        assert.equal(known?.report && wordOn(known.report.engines), verdict);
      }
    });

    it('a file in its first analysis is known without a report, and can be asked for until it has one', async (world) => {
      const file = await uploadOf(world.harmless());
      const inquiry = analysing(opened(file.sha256, fileOf(file.sha256)), world.now());
      await world.engine.upload(file, anAsk());
      const known = await world.engine.lookUp(fileOf(file.sha256), anAsk());
      assert.ok(known);
      assert.equal(known.report, undefined);
      assert.equal((await world.engine.poll(inquiry, anAsk())).finished, false);

      world.finishAnalyses();
      const done = await world.engine.poll(inquiry, anAsk());
      assert.equal(done.finished, true);
      assert.equal(wordOn(done.report.engines), 'clean');
    });

    it('an upload tells how many bytes have gone, and ends with all of them', async ({ engine, harmless }) => {
      const told: number[] = [];
      const file = await uploadOf(Buffer.concat([harmless(), Buffer.alloc(1_000_000)]));
      await engine.upload({ ...file, sent: (bytes) => told.push(bytes) }, anAsk());
      assert.deepEqual(
        told,
        told.toSorted((a, b) => a - b),
      );
      assert.equal(told.at(-1), file.size);
    });

    it('hostile names and empty files arrive', async ({ engine }) => {
      for (const name of ['a"b\r\nX: y\r\n\r\n.exe', '..\\..\\x\\', '날씨 \u202egnp.exe', '', '\ud800']) {
        assert.ok(await engine.upload(await uploadOf(Buffer.from(randomUUID()), name), anAsk()));
      }
      assert.ok(await engine.upload(await uploadOf(Buffer.alloc(0)), anAsk()));
    });

    it('what is larger than the service takes is refused without a request', async ({ engine, requests }) => {
      const file = { ...(await uploadOf(Buffer.from('x'))), size: 651 * 1024 * 1024 };
      await failsWith('file.tooLarge', engine.upload(file, anAsk()));
      assert.equal(requests(), 0);
    });

    it('a file that is gone or has changed is refused without a request', async ({ engine, requests }) => {
      const file = await uploadOf(Buffer.from('x'));
      await failsWith('file.unreadable', engine.upload({ ...file, size: 2 }, anAsk()));
      await failsWith('file.unreadable', engine.upload({ ...file, path: `${file.path}-gone` }, anAsk()));
      assert.equal(requests(), 0);
    });

    it('a key that is not known fails everything as such, and is nowhere in the error', async ({ stranger, known }) => {
      const { engine, key } = stranger;
      const inquiry = analysing(opened(known.sha256, fileOf(known.sha256)), 0, 'id');
      const file = await uploadOf(Buffer.from('x'));
      for (const call of [
        () => engine.lookUp(fileOf(known.sha256), anAsk()),
        () => engine.upload(file, anAsk()),
        () => engine.submit({ kind: 'url', url: 'https://example.com/' }, anAsk()),
        () => engine.poll(inquiry, anAsk()),
      ]) {
        const failure = await failsWith('engine.badKey', call());
        assert.ok(!inspect(failure, { depth: 10, showHidden: true }).includes(key));
      }
    });

    it('a used-up quota fails as such', async ({ engine, useUpQuota }) => {
      useUpQuota();
      await failsWith('engine.quota', engine.lookUp(fileOf(unseen), anAsk()));
    });

    it(
      'reading the usage costs nothing',
      async ({ engine, known }) => {
        const none = new AbortController().signal;
        const before = await engine.usage(none);
        await engine.lookUp(fileOf(known.sha256), anAsk());
        await engine.usage(none);
        const afterwards = await engine.usage(none);
        assert.ok(before?.day && afterwards?.day);
        assert.equal(afterwards.day.used - before.day.used, 1);
        assert.ok(before.day.allowed > 0);
      },
      lacking.usage,
    );

    it('an abort ends a call with its own reason', async ({ engine, known, harmless }) => {
      const reason = new Error('nobody wants it any more');
      await assert.rejects(
        engine.lookUp(fileOf(known.sha256), anAsk(AbortSignal.abort(reason))),
        (error) => error === reason,
      );

      const stop = new AbortController();
      const file = await uploadOf(Buffer.concat([harmless(), Buffer.alloc(5_000_000)]));
      const upload = engine.upload({ ...file, sent: () => stop.abort(reason) }, anAsk(stop.signal));
      await assert.rejects(upload, (error) => error === reason);
    });

    it('a service that does not answer is unavailable', async ({ engine, known, close }) => {
      await close();
      await failsWith('engine.unavailable', engine.lookUp(fileOf(known.sha256), anAsk()));
      await failsWith('engine.unavailable', engine.upload(await uploadOf(Buffer.from('x')), anAsk()));
    });
  });
}

export const fileOf = (hash: string): Subject => ({ kind: 'file', hash });

export const anAsk = (signal?: AbortSignal): Ask => askOf(undefined, signal);

/** A file on disk, gone when the test file has ended. */
export async function uploadOf(content: Uint8Array, name = 'sample.bin'): Promise<Upload> {
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-engine-'));
  after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'content');
  await writeFile(path, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { path, size: content.length, sha256, name, password: undefined, ready: async () => {}, sent: () => {} };
}

export async function failsWith(code: FailureCode, call: Promise<unknown>): Promise<Failure> {
  const outcome = await call.then(
    (value) => assert.fail(`${code} expected, but it came to ${inspect(value)}`),
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Failure, `a Failure expected: ${inspect(outcome)}`);
  assert.equal(outcome.code, code, outcome.message);
  return outcome;
}
