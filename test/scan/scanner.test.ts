import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/scan/failure.ts';
import { soloLeases } from '../../src/scan/solo.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import { reportOf } from '../fixtures/memoryEngine.ts';
import { memoryScanStore } from '../fixtures/memoryStore.ts';
import { workbench } from './bench.ts';

const facts = { names: [], tags: [], type: 'Text' };
const clean = reportOf({ undetected: 60 }, facts);
const bad = reportOf({ malicious: 40, undetected: 20 }, facts);
const unfinished = { finished: false, report: reportOf({ undetected: 30 }) };
const minutes = (count: number) => count * 60_000;

test('a token is there before anything was downloaded or asked, and its status is ready', async () => {
  const { upload, scanner, store, fetched, engine } = workbench();
  const first = store.put;
  const stages: string[] = [];
  store.put = async (scan) => {
    stages.push(scan.stage);
    if (stages.length === 1) assert.deepEqual([fetched, engine.calls], [[], []]);
    await first(scan);
  };
  const token = await upload('a');
  assert.equal(stages[0], 'ready');
  assert.ok(['ready', 'progress'].includes((await scanner.getResult(token))?.status ?? ''));
});

test('an unknown token is an answer, not an error', async () => {
  const { scanner } = workbench();
  assert.equal(await scanner.getResult(tokenSchema.parse('a'.repeat(64))), undefined);
});

test('a known file costs one look-up, and its result has the published fields', async () => {
  const { upload, settled, scanner, engine, sha256 } = workbench();
  engine.known.set(sha256('a'), { report: bad, lastSubmitted: 1 });
  const token = await upload('a');
  await settled(token);
  assert.deepEqual(engine.calls, ['lookUp']);
  const result = await scanner.getResult(token);
  assert.deepEqual([result?.status, result?.detected, result?.detail.length], ['done', true, 60]);
  assert.deepEqual(result?.detail[0], {
    VendorName: 'malicious-0',
    VendorVersion: undefined,
    ScanDetected: true,
    ScanResult: 'Trojan',
    Category: 'malicious',
    EngineUpdate: undefined,
  });
});

test('the published rows have no category that VirusTotal does not have', async () => {
  const { upload, settled, scanner, engine, sha256 } = workbench();
  const unrated = { engine: 'A', category: 'unrated' as const, label: 'unrated' };
  engine.known.set(sha256('a'), { report: { ...clean, engines: [unrated] }, lastSubmitted: 1 });
  const token = await upload('a');
  await settled(token);
  const [row] = (await scanner.getResult(token))?.detail ?? [];
  assert.deepEqual([row?.Category, row?.ScanResult, row?.ScanDetected], ['undetected', 'unrated', false]);
});

test('an empty file is settled without a request, and nothing is claimed about it', async () => {
  const { upload, wish, settled, scanner, engine } = workbench();
  const attachment = { kind: 'attachment' as const, url: 'https://cdn.example/empty', name: 'empty', size: 0 };
  for (const token of [await upload('empty'), await upload('empty', 'secret'), await wish(attachment, 'lookUp')]) {
    assert.deepEqual((await settled(token)).outcome, { kind: 'empty' });
    assert.deepEqual(await scanner.getResult(token), { status: 'done', detected: false, detail: [] });
  }
  assert.deepEqual(engine.calls, []);
});

test('a file that nobody has seen is uploaded once and asked about until it is finished', async () => {
  const { upload, settled, verdictOf, engine } = workbench();
  engine.polls = [unfinished, unfinished, { finished: true, report: reportOf({ undetected: 60 }) }];
  assert.equal(verdictOf(await settled(await upload('a'))), 'clean');
  assert.deepEqual(engine.calls.slice(0, 5), ['lookUp', 'upload', 'poll', 'poll', 'poll']);
});

test('what an analysis does not tell is completed later, without the verdict waiting for it', async () => {
  const { upload, settled, hears, engine, sha256 } = workbench();
  const token = await upload('a');
  engine.before = async (call) => {
    if (call === 'poll') engine.known.set(sha256('a'), { report: clean, lastSubmitted: 1 });
  };
  const scan = await settled(token);
  assert.equal(scan.outcome.kind === 'done' && scan.outcome.report.facts, undefined);
  const type = await hears(({ scan }) =>
    scan.stage === 'settled' && scan.outcome.kind === 'done' ? scan.outcome.report.facts?.type : undefined,
  );
  assert.equal(type, 'Text');
});

test('when the facts cannot be had, the next who asks has them looked up again', async () => {
  const { upload, settled, hears, verdictOf, engine, sha256 } = workbench();
  const withoutFacts = reportOf({ undetected: 60 });
  engine.polls = [{ finished: true, report: withoutFacts }];
  const spared = new Promise<void>((resolve) => {
    engine.before = async (call) => {
      if (call === 'poll') engine.failures.lookUp.push(new Failure('engine.unavailable', 'out of order'));
      if (call === 'lookUp' && engine.failures.lookUp.length > 0) resolve();
    };
  });
  assert.equal(verdictOf(await settled(await upload('a'))), 'clean');
  await spared;

  const locked = reportOf({ undetected: 60 }, { names: [], tags: ['encrypted'] });
  engine.known.set(sha256('a'), { report: locked, lastSubmitted: 1 });
  const asking = await Promise.all([upload('a'), upload('a')]);
  for (const token of asking) {
    const word = await hears(({ scan }) =>
      scan.token === token && scan.stage === 'settled' && verdictOf(scan) !== 'clean' ? verdictOf(scan) : undefined,
    );
    assert.equal(word, 'locked');
  }
  await settled(await upload('a'));
  assert.deepEqual(engine.calls, ['lookUp', 'upload', 'poll', 'lookUp', 'lookUp']);
});

test('a scan that is deleted while its late facts arrive stays deleted', async () => {
  const store = memoryScanStore();
  const { scanner, upload, settled, hears, engine, sha256 } = workbench(store);
  let deleted = async () => {};
  engine.before = async (call) => {
    if (call === 'poll') engine.known.set(sha256('a'), { report: clean, lastSubmitted: 1 });
  };
  const put = store.put;
  const puts: string[] = [];
  store.put = async (scan) => {
    if (scan.stage === 'settled') puts.push(scan.token);
    // The member deletes it between the read and the write of the late facts.
    if (puts.length === 2) await deleted();
    await put(scan);
  };
  const token = await upload('a');
  deleted = async () => {
    deleted = async () => {};
    await scanner.delete(token);
  };
  await settled(token);
  await hears(({ scan }) =>
    scan.stage === 'settled' && scan.outcome.kind === 'done' ? scan.outcome.report.facts : undefined,
  );
  await scanner.stop();
  assert.equal(await store.get(token), undefined);
});

test('of a scan that is deleted before its late facts arrive nothing more is told', async () => {
  const { scanner, store, upload, settled, engine, sha256, told } = workbench();
  let deletion = async () => {};
  engine.before = async (call) => {
    if (call === 'poll') engine.known.set(sha256('a'), { report: clean, lastSubmitted: 1 });
    else if (engine.calls.includes('poll')) await deletion();
  };
  const token = await upload('a');
  const isDeleted = new Promise<boolean>((resolve) => {
    deletion = async () => {
      await settled(token);
      resolve(await scanner.delete(token));
    };
  });
  assert.ok(await isDeleted);
  await scanner.stop();
  assert.equal(told.filter(({ scan }) => scan.token === token && scan.stage === 'settled').length, 1);
  assert.equal(await store.get(token), undefined);
});

test('identical files cost one inquiry, whatever the timing, and later ones nothing for a day', async () => {
  const { upload, settled, engine, clock } = workbench();
  engine.polls = [{ finished: true, report: clean }];
  const tokens = await Promise.all(Array.from({ length: 5 }, () => upload('a')));
  await Promise.all(tokens.map(settled));
  await settled(await upload('a'));
  assert.deepEqual(engine.calls, ['lookUp', 'upload', 'poll']);

  clock.jump(minutes(24 * 60));
  await settled(await upload('a'));
  assert.equal(engine.calls.filter((call) => call === 'lookUp').length, 2);
});

test('a malicious answer is good for a week', async () => {
  const { upload, settled, engine, clock, sha256 } = workbench();
  engine.known.set(sha256('a'), { report: bad, lastSubmitted: 1 });
  await settled(await upload('a'));
  clock.jump(minutes(6 * 24 * 60));
  await settled(await upload('a'));
  assert.equal(engine.calls.length, 1);
});

test('a file that the engine is analysing already is waited for, not uploaded', async () => {
  const { upload, settled, engine, sha256 } = workbench();
  engine.known.set(sha256('a'), { report: undefined, lastSubmitted: 1 });
  await settled(await upload('a'));
  assert.deepEqual(engine.calls.slice(0, 2), ['lookUp', 'poll']);
});

test('an upload whose answer is lost is looked up again, not sent again', async () => {
  const { upload, settled, engine, sha256, clock } = workbench();
  engine.failures.upload.push(new Failure('engine.unavailable', 'lost'));
  engine.before = async (call) => {
    if (call === 'upload') engine.known.set(sha256('a'), { report: undefined, lastSubmitted: clock.now() });
  };
  const token = await upload('a');
  await settled(token);
  assert.deepEqual(engine.calls.slice(0, 4), ['lookUp', 'upload', 'lookUp', 'poll']);
});

test('an answer without a single engine is an error, not a verdict', async () => {
  const { upload, settled, verdictOf, engine } = workbench();
  engine.polls = [{ finished: true, report: reportOf({}) }];
  assert.equal(verdictOf(await settled(await upload('a'))), 'engine.noResults');
});

test('an analysis that never ends is an error after half an hour, and asking again begins with a look-up', async () => {
  const { upload, settled, verdictOf, engine, clock } = workbench();
  engine.polls = [unfinished];
  engine.before = async (call) => {
    if (call === 'poll') clock.jump(minutes(11));
  };
  assert.equal(verdictOf(await settled(await upload('a'))), 'scan.deadline');
  assert.equal(engine.calls.filter((call) => call === 'poll').length, 3);
  engine.polls = [{ finished: true, report: clean }];
  assert.equal(verdictOf(await settled(await upload('a'))), 'clean');
  assert.equal(engine.calls.filter((call) => call === 'lookUp').length, 2);
});

test('waiting for the quota does not count towards the deadline', async () => {
  const { upload, settled, verdictOf, engine, clock } = workbench();
  const poll = engine.poll;
  let waits = 0;
  engine.polls = [unfinished, unfinished, { finished: true, report: clean }];
  engine.poll = async (analysis, ask) => {
    if (waits++ < 2) {
      ask.waiting({ for: 'day', ahead: 0, until: undefined });
      clock.jump(minutes(600));
      ask.waiting(undefined);
    }
    return poll(analysis, ask);
  };
  assert.equal(verdictOf(await settled(await upload('a'))), 'clean');
});

test('a locked archive is unknown, with its password it is uploaded and judged apart', async () => {
  const { upload, settled, verdictOf, engine, sha256, store } = workbench();
  engine.known.set(sha256('locked'), { report: clean, lastSubmitted: 1 });
  assert.equal(verdictOf(await settled(await upload('locked'))), 'locked');

  engine.polls = [{ finished: true, report: bad }];
  const token = await upload('locked', 'secret');
  assert.equal(verdictOf(await settled(token)), 'malicious');
  assert.deepEqual(
    engine.uploads.map(({ password }) => password),
    ['secret'],
  );
  assert.doesNotMatch(JSON.stringify(await store.get(token)), /secret/);
  assert.equal(verdictOf(await settled(await upload('locked'))), 'locked');
});

test('after a restart, a password that was tried costs nothing', async () => {
  const { upload, settled, engine, scanner, begin, verdictOf } = workbench();
  engine.polls = [{ finished: true, report: bad }];
  await settled(await upload('locked', 'secret'));
  await scanner.stop();
  const before = engine.calls.length;

  const wish = { source: { kind: 'path' as const, path: 'locked', name: 'locked' }, password: 'secret' };
  const again = await begin().upload({ ...wish, origin: { urgency: 'interactive' } });
  assert.equal(verdictOf(await settled(again)), 'malicious');
  assert.equal(engine.calls.length, before);
});

test('a password is not needed for an archive that is known to be malicious', async () => {
  const { upload, settled, verdictOf, engine, sha256 } = workbench();
  engine.known.set(sha256('locked'), { report: bad, lastSubmitted: 1 });
  assert.equal(verdictOf(await settled(await upload('locked', 'secret'))), 'malicious');
  assert.deepEqual(engine.uploads, []);
});

test('what cannot pass is an error at once; the others go on', async () => {
  const { upload, settled, verdictOf, engine } = workbench();
  engine.failures.lookUp.push(new Failure('engine.forbidden', 'refused'));
  const [first, second] = [await settled(await upload('a')), await settled(await upload('b'))];
  assert.deepEqual([first, second].map(verdictOf), ['engine.forbidden', 'clean']);
});

test('an unexpected error is an error of ours, never a scan that stays in progress', async () => {
  const { upload, settled, verdictOf, engine, errors } = workbench();
  engine.before = async () => {
    throw new TypeError('bug');
  };
  assert.equal(verdictOf(await settled(await upload('a'))), 'scan.internal');
  assert.equal(errors.length, 1);
});

test('a stop leaves a scan in progress, and the next start polls the analysis that it had reached', async () => {
  const { upload, scanner, engine, begin, settled, verdictOf, hears, store } = workbench();
  engine.polls = [unfinished];
  let asked = 0;
  engine.before = async (call) => {
    if (call === 'poll' && asked++ > 0) await new Promise(() => {});
  };
  const token = await upload('a');
  await hears(({ activity }) => (activity?.kind === 'analysing' && activity.answered > 0 ? true : undefined));
  void scanner.stop();
  assert.equal((await store.get(token))?.stage, 'identified');

  engine.before = async () => {};
  engine.polls = [{ finished: true, report: clean }];
  // The first process hangs, as if it had been killed.
  assert.equal(await begin(soloLeases()).resume(), 1);
  assert.equal(verdictOf(await settled(token)), 'clean');
  assert.equal(engine.uploads.length, 1);
});

test('a member who asks about a file that was watched raises it', async () => {
  const { upload, settled, engine } = workbench();
  let raised = false;
  const urgencies: string[] = [];
  const lookUp = engine.lookUp;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  engine.lookUp = async (subject, ask) => {
    urgencies.push(ask.asker().urgency);
    ask.joined(() => {
      raised = true;
      urgencies.push(ask.asker().urgency);
      release();
    });
    if (!raised) await gate;
    return lookUp(subject, ask);
  };
  const watched = await upload('a', undefined, { urgency: 'automatic', server: 's' });
  const asked = await upload('a');
  await Promise.all([settled(watched), settled(asked)]);
  assert.deepEqual(urgencies.slice(0, 2), ['automatic', 'interactive']);
});
