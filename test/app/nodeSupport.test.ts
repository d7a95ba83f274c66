import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outOfSupport } from '../../src/app/nodeSupport.ts';

const cases = [
  { version: '20.20.2', day: '2026-04-30', words: undefined },
  { version: '20.20.2', day: '2026-05-01', words: 'Node 20 gets no security fixes since 2026-04-30: install Node 24' },
  { version: '25.1.0', day: '2026-11-26', words: 'Node 25 gets no security fixes since 2026-06-01: install Node 24' },
  { version: '22.23.3', day: '2026-11-26', words: undefined },
  { version: '24.9.0', day: '2028-04-30', words: undefined },
  { version: '99.0.0', day: '2099-01-01', words: undefined },
];
for (const { version, day, words } of cases) {
  test(`Node ${version} on ${day} ${words === undefined ? 'needs no word' : 'is said to be out of support'}`, () => {
    assert.equal(outOfSupport(version, Date.parse(`${day}T12:00:00Z`)), words);
  });
}
