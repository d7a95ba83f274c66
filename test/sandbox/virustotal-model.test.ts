import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analysisStatus, opinionsSoFar } from '../../sandbox/virustotal/analysis.ts';
import { lookUp, poll, reanalyse, upload } from '../../sandbox/virustotal/calls.ts';
import type { Answer } from '../../sandbox/virustotal/errors.ts';
import { submissionOf, virusTotalModel } from '../../sandbox/virustotal/model.ts';
import { emptyQuota, quotaUsed, spend } from '../../sandbox/virustotal/quota.ts';
import { opinions, verdicts } from '../../sandbox/virustotal/verdicts.ts';

const noon = Date.UTC(2026, 0, 15, 12);
const sha256 = 'ab'.repeat(32);
const plenty = { perMinute: 1000, perDay: 100_000, perMonth: 1_000_000 };

test('never more than the limit of calls is let through in any minute, day or month', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 60 }), (waits, perMinute, perDay) => {
      const count = emptyQuota();
      const accepted: number[] = [];
      let now = Date.UTC(2026, 0, 15, 23, 30);
      for (const wait of waits) {
        now += wait;
        if (spend(count, { perMinute, perDay, perMonth: 100 }, now)) accepted.push(now);
      }
      for (const at of accepted) {
        assert.ok(accepted.filter((other) => other > at - 60_000 && other <= at).length <= perMinute);
        assert.ok(accepted.filter((other) => utcDay(other) === utcDay(at)).length <= perDay);
      }
      assert.ok(accepted.length <= 100);
    }),
  );
});

test('the day begins anew at midnight UTC, the month on the first', () => {
  const count = emptyQuota();
  const limits = { perMinute: 10, perDay: 1, perMonth: 2 };
  assert.equal(spend(count, limits, Date.UTC(2026, 0, 30, 23, 59, 59)), true);
  assert.equal(spend(count, limits, Date.UTC(2026, 0, 30, 23, 59, 59)), false);
  assert.equal(spend(count, limits, Date.UTC(2026, 0, 31)), true);
  assert.equal(spend(count, limits, Date.UTC(2026, 0, 31, 1)), false);
  assert.equal(spend(count, limits, Date.UTC(2026, 1, 1)), true);
  assert.deepEqual(quotaUsed(count, Date.UTC(2026, 1, 1)), { minute: 1, hour: 1, day: 1, month: 1 });
});

test('a refused call is not counted', () => {
  const model = virusTotalModel({ limits: { perMinute: 1, perDay: 10, perMonth: 10 } });
  lookUp(model, sha256, noon);
  const refused = lookUp(model, sha256, noon + 1);
  assert.equal(refused.ok || refused.code, 'QuotaExceededError');
  assert.equal(refused.cost, 0);
  assert.equal(model.refused, 1);
  assert.equal(quotaUsed(model.quota, noon + 1).day, 1);
});

test('an analysis is queued, then fills up engine by engine, then is complete', () => {
  const model = virusTotalModel({ analysisTime: () => 40_000 });
  const analysis = granted(upload(model, submissionOf(sha256), noon));
  assert.equal(analysisStatus(analysis, noon + 9_999), 'queued');
  assert.deepEqual(opinionsSoFar(analysis, noon + 9_999), []);
  let before = 0;
  for (let at = 10_000; at < 40_000; at += 500) {
    const soFar = opinionsSoFar(analysis, noon + at).length;
    assert.equal(analysisStatus(analysis, noon + at), 'in-progress');
    assert.ok(soFar >= before && soFar < 75);
    before = soFar;
  }
  assert.ok(before > 60);
  assert.equal(analysisStatus(analysis, noon + 40_000), 'completed');
  assert.equal(opinionsSoFar(analysis, noon + 40_000).length, 75);
});

test('a repeated upload within ten minutes gets the earlier analysis, a later one its own', () => {
  const model = virusTotalModel({ limits: plenty });
  const first = granted(upload(model, submissionOf(sha256), noon));
  const repeated = granted(upload(model, submissionOf(sha256), noon + 9 * 60_000));
  const later = granted(reanalyse(model, sha256, noon + 10 * 60_000));
  assert.equal(repeated.id, first.id);
  assert.notEqual(later.id, first.id);
});

test('where new files are free, their upload and polls cost nothing and a known one costs', () => {
  const model = virusTotalModel({ newFilesFree: true });
  assert.equal(lookUp(model, sha256, noon).cost, 1);
  const uploaded = upload(model, submissionOf(sha256), noon);
  assert.equal(uploaded.cost, 0);
  assert.equal(poll(model, granted(uploaded).id, noon).cost, 0);
  assert.equal(lookUp(model, sha256, noon).cost, 0);
  assert.equal(upload(model, submissionOf(sha256), noon).cost, 1);
  assert.equal(reanalyse(model, sha256, noon).cost, 1);
});

test('every verdict has the counts that its name promises', () => {
  const counts = Object.fromEntries(
    verdicts.map((verdict) => {
      const all = opinions(verdict, false).map(({ category }) => category);
      const given = all.filter((category) => /^(malicious|suspicious|harmless|undetected)$/.test(category));
      const flagged = given.filter((category) => category === 'malicious' || category === 'suspicious');
      return [verdict, `${flagged.length}/${given.length}`];
    }),
  );
  assert.deepEqual(counts, {
    clean: '0/59',
    eicar: '54/71',
    malicious: '54/71',
    'one-detection': '1/59',
    reputable: '1/59',
    suspicious: '2/59',
    'few-engines': '0/5',
    'no-engines': '0/0',
  });
});

function granted<T>(answer: Answer<T>): T {
  assert.ok(answer.ok);
  return answer.value;
}

function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
