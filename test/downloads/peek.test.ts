import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurn, never, says, serves, withServer } from './server.ts';

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex'),
  Buffer.alloc(300_000),
]);

test('no more than the first 64 KiB of a file are asked for', () => {
  const ranges: (string | undefined)[] = [];
  return withServer(
    (request, response) => {
      ranges.push(request.headers.range);
      response.writeHead(206, { 'Content-Range': `bytes 0-65535/${png.length}` }).end(png.subarray(0, 65_536));
    },
    async ({ downloads, attachment }) => {
      const content = await downloads().peek(attachment('/a.png', png.length), never);
      assert.deepEqual(content, { mime: 'image/png', extension: 'png', lock: 'open' });
      assert.deepEqual(ranges, ['bytes=0-65535']);
    },
  );
});

test('a host that sends everything is left after the beginning, also when nothing declared a size', () =>
  withServer(serves(png), async ({ downloads, attachment }) => {
    const content = await downloads().peek({ ...attachment('/a.png', 0), size: undefined }, never);
    assert.equal(content.extension, 'png');
  }));

test('a look is tried once and goes nowhere else', () =>
  withServer(
    inTurn(says(500), says(302, { Location: 'http://example.com/a' })),
    async ({ downloads, attachment, asked }) => {
      const look = () => downloads().peek(attachment('/a', 5), never);
      await assert.rejects(look(), { code: 'download.failed' });
      assert.equal(asked.length, 1);
      await assert.rejects(look(), { code: 'download.notAllowed' });
    },
  ));

test('a look does not wait for a host that says nothing', () => {
  let arrived = () => {};
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  return withServer(
    () => arrived(),
    async ({ downloads, attachment, clock }) => {
      const look = downloads().peek(attachment('/a', 5), never);
      const refused = assert.rejects(look, { code: 'download.failed', message: 'The host is slow.' });
      await asked;
      clock.jump(15_000);
      await refused;
    },
  );
});
