import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFlight, mayUpload, type Question } from '../../src/inquiry/flight.ts';
import type { Activity, Asker, Place } from '../../src/scan/ports.ts';
import type { ScannedFile } from '../../src/scan/scan.ts';

const subject = { kind: 'file', hash: 'a'.repeat(64) } as const;
const file: ScannedFile = {
  path: '/spool/a',
  spooled: true,
  size: 1,
  sha256: subject.hash,
  content: { lock: 'open' },
};
const machine: Asker = { urgency: 'automatic', server: 'a', member: undefined, since: 200 };
const person: Asker = { urgency: 'interactive', server: 'b', member: 'm', since: 300 };
const place: Place = { for: 'turn', ahead: 1, until: undefined };
const never = new AbortController().signal;

function question(more: Partial<Question> = {}) {
  const told: Activity[] = [];
  let uploads = 0;
  const one: Question = {
    key: 'k',
    subject,
    mode: 'scan',
    file,
    name: 'a.exe',
    password: undefined,
    ready: async () => {},
    asker: machine,
    tell: (activity) => void told.push(activity),
    uploaded: async () => {
      uploads += 1;
    },
    ...more,
  };
  return { one, told, kinds: () => told.map(({ kind }) => kind), uploads: () => uploads };
}

describe('several who ask about the same file', () => {
  test('are as old as the oldest, and a call is charged to the first person among them', () => {
    const flight = createFlight(question().one);
    const ask = flight.ask(never);
    assert.deepEqual(ask.asker(), machine);
    flight.join(question({ asker: { ...machine, server: 'c', since: 100 } }).one);
    assert.deepEqual(ask.asker(), { ...machine, since: 100 });
    flight.join(question({ asker: person }).one);
    flight.join(question({ asker: { ...person, member: 'late' } }).one);
    assert.deepEqual(ask.asker(), { ...person, since: 100 });
  });

  test('raise the call when a person joins, and only then', () => {
    const flight = createFlight(question().one);
    const ask = flight.ask(never);
    const heard: string[] = [];
    const forget = ask.joined(() => heard.push(ask.asker().urgency));
    flight.join(question().one);
    flight.join(question({ asker: person }).one);
    assert.deepEqual(heard, ['automatic', 'interactive']);
    forget();
    flight.join(question().one);
    assert.equal(heard.length, 2);
  });

  test('are raised by those who wait in another process, too, for whom bytes are sent if they have any', () => {
    const flight = createFlight(question().one);
    const waiter = { key: 'k', process: 'other', mode: 'scan' as const, hasFile: false, ...person };
    let heard = 0;
    flight.ask(never).joined(() => {
      heard += 1;
    });
    flight.joinFrom(waiter);
    flight.joinFrom(waiter);
    assert.equal(heard, 1);
    const { asker, askers } = flight.ask(never);
    assert.equal(asker().urgency, 'interactive');
    assert.deepEqual(askers(), [machine, person]);
    assert.deepEqual(flight.ask(never, { by: mayUpload }).askers(), [machine]);
    flight.joinFrom({ ...waiter, process: 'third', hasFile: true });
    assert.deepEqual(flight.ask(never, { by: mayUpload }).askers(), [machine, person]);
    flight.joinFrom({ ...waiter, ...machine, server: 'd' });
    assert.deepEqual(askers(), [machine, person, person, { ...machine, server: 'd' }]);
    assert.equal(flight.senders().length, 1);
  });

  test('are told to another process once for each kind, which is what decides about the key and the line', () => {
    const flight = createFlight(question().one);
    assert.equal(flight.join(question({ asker: { ...machine, since: 100 } }).one), false);
    assert.equal(flight.join(question({ asker: { ...machine, server: 'c' } }).one), true);
    assert.equal(flight.join(question({ asker: person, mode: 'lookUp' }).one), true);
    flight.joinFrom({ key: 'k', process: 'other', mode: 'scan', hasFile: true, ...person });
    const [first, ...others] = flight.waiters().values();
    assert.deepEqual(first, { key: 'k', mode: 'scan', hasFile: true, ...machine });
    assert.deepEqual(others, [
      { key: 'k', mode: 'scan', hasFile: true, ...machine, server: 'c' },
      { key: 'k', mode: 'lookUp', hasFile: true, ...person },
    ]);
  });

  test('all hear what happens, whoever joins later what happened last', async () => {
    const [first, second] = [question(), question()];
    const flight = createFlight(first.one);
    flight.join(second.one);
    assert.deepEqual(second.kinds(), []);
    flight.show({ kind: 'lookingUp' });
    const late = question();
    flight.join(late.one);
    assert.deepEqual([first.kinds(), second.kinds(), late.kinds()], [['lookingUp'], ['lookingUp'], ['lookingUp']]);
    await flight.uploaded();
    assert.deepEqual([first.uploads(), second.uploads(), late.uploads()], [1, 1, 1]);
  });

  test('hear that a call waits, and then again what it waited with', () => {
    const first = question();
    const flight = createFlight(first.one);
    const waits: unknown[] = [];
    const ask = flight.ask(never, { waits: (place) => void waits.push(place?.ahead) });
    flight.show({ kind: 'lookingUp' });
    ask.waiting(place);
    ask.waiting({ ...place, ahead: 0 });
    ask.waiting(undefined);
    assert.deepEqual(first.kinds(), ['lookingUp', 'waiting', 'waiting', 'lookingUp']);
    assert.deepEqual(waits, [place.ahead, 0, undefined]);
  });
});

describe('a file is sent', () => {
  for (const { what, more, sent, published } of [
    { what: 'for a scan', more: {}, sent: true, published: true },
    { what: 'not for a look-up', more: { mode: 'lookUp' }, sent: false, published: false },
    { what: 'not for a new analysis', more: { mode: 'rescan' }, sent: false, published: false },
    { what: 'not without its bytes', more: { file: undefined }, sent: false, published: false },
    {
      what: 'not for an address, which is submitted',
      more: { file: undefined, subject: { kind: 'url', url: 'https://example.com/' } },
      sent: false,
      published: true,
    },
    {
      what: 'not for the look-up of an address, which is not submitted either',
      more: { file: undefined, mode: 'lookUp', subject: { kind: 'url', url: 'https://example.com/' } },
      sent: false,
      published: false,
    },
  ] as const)
    test(what, () => {
      const flight = createFlight(question(more).one);
      assert.deepEqual([flight.senders().length > 0, flight.mayPublish()], [sent, published]);
    });

  test('when one of several wants that', () => {
    const flight = createFlight(question({ mode: 'lookUp' }).one);
    const wants = question({ name: 'wanted.exe' });
    flight.join(wants.one);
    assert.deepEqual(flight.senders(), [wants.one]);
  });
});
