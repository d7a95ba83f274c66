import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FailureCode } from '../../src/scan/failure.ts';
import type { Call } from '../../src/virustotal/answers.ts';
import { refusal } from '../../src/virustotal/answers.ts';

const bodyOf = (code: string) => ({ error: { code, message: 'words of the service' } });

function codeFor(status: number, body: unknown, call: Call = 'look-up', withPassword = false): FailureCode {
  return refusal(call, { status, isEmpty: false, body, retryAfter: undefined }, { withPassword }).code;
}

test('every error of the official table has its meaning', () => {
  const table: [number, string, FailureCode][] = [
    [400, 'BadRequestError', 'engine.refused'],
    [400, 'InvalidArgumentError', 'engine.refused'],
    [400, 'UnselectiveContentQueryError', 'engine.refused'],
    [400, 'UnsupportedContentQueryError', 'engine.refused'],
    [400, 'NotAvailableYet', 'engine.notReady'],
    [401, 'AuthenticationRequiredError', 'engine.badKey'],
    [401, 'UserNotActiveError', 'engine.badKey'],
    [401, 'WrongCredentialsError', 'engine.badKey'],
    [403, 'ForbiddenError', 'engine.forbidden'],
    [404, 'NotFoundError', 'engine.refused'],
    [409, 'AlreadyExistsError', 'engine.refused'],
    [424, 'FailedDependencyError', 'engine.unavailable'],
    [429, 'QuotaExceededError', 'engine.quota'],
    [429, 'TooManyRequestsError', 'engine.quota'],
    [503, 'TransientError', 'engine.unavailable'],
    [504, 'DeadlineExceededError', 'engine.unavailable'],
  ];
  for (const [status, code, meaning] of table) assert.equal(codeFor(status, bodyOf(code)), meaning, code);
});

test('without a code of the table the status decides', () => {
  const table: [number, FailureCode][] = [
    [204, 'engine.unreadable'],
    [302, 'engine.unreadable'],
    [400, 'engine.refused'],
    [401, 'engine.badKey'],
    [403, 'engine.forbidden'],
    [404, 'engine.unreadable'],
    [413, 'file.tooLarge'],
    [418, 'engine.refused'],
    [429, 'engine.quota'],
    [500, 'engine.unavailable'],
    [502, 'engine.unavailable'],
  ];
  for (const [status, meaning] of table) {
    for (const body of [undefined, null, 'text', [], bodyOf('SomethingNew'), bodyOf('toString'), { error: 5 }]) {
      assert.equal(codeFor(status, body), meaning, `${status} ${JSON.stringify(body)}`);
    }
  }
});

test('an analysis that is not found is not ready, with and without a code', () => {
  for (const body of [undefined, bodyOf('NotFoundError')]) assert.equal(codeFor(404, body, 'poll'), 'engine.notReady');
});

test('trouble with a password is seen as such only where a password was sent', () => {
  for (const [status, code] of [
    [400, 'BadRequestError'],
    [400, 'InvalidArgumentError'],
    [401, 'SomethingNew'],
  ] as const) {
    assert.equal(codeFor(status, bodyOf(code), 'upload', true), 'engine.password', code);
    assert.notEqual(codeFor(status, bodyOf(code), 'upload', false), 'engine.password', code);
  }
  assert.equal(codeFor(401, bodyOf('WrongCredentialsError'), 'upload', true), 'engine.badKey');
  assert.equal(codeFor(401, bodyOf('UserNotActiveError'), 'upload', true), 'engine.badKey');
  assert.equal(codeFor(400, bodyOf('NotAvailableYet'), 'upload', true), 'engine.notReady');
  assert.equal(codeFor(429, bodyOf('QuotaExceededError'), 'upload', true), 'engine.quota');
});

test('the message has the status and a known code, and no word of the service', () => {
  const answer = { status: 429, isEmpty: false, body: bodyOf('QuotaExceededError'), retryAfter: 5_000 };
  const failure = refusal('poll', answer);
  assert.equal(failure.message, "VirusTotal's answer to the poll: status 429, QuotaExceededError");
  assert.equal(failure.retryAfter, 5_000);
  assert.equal(failure.cause, undefined);
  assert.ok(!refusal('poll', { ...answer, body: bodyOf('secret words') }).message.includes('secret'));
});
