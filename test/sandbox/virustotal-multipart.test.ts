import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundaryOf, type FormPart, formPieces, MultipartError } from '../../sandbox/virustotal/multipart.ts';

const boundary = 'line';

test('a form reads the same however its bytes are cut into chunks', async () => {
  const content = Buffer.from('a\r\n--lin\r\n-\r\n--not the end\r\n');
  const body = form(['name="file"; filename="a b.txt"', content], ['name="password"', Buffer.from('')]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: body.length }), async (size) => {
      assert.deepEqual(await read(cut(body, size)), [
        { part: { name: 'file', filename: 'a b.txt' }, data: content.toString() },
        { part: { name: 'password' }, data: '' },
      ]);
    }),
  );
});

test('names keep quotes, semicolons and other scripts', async () => {
  const body = form(['name="file"; filename="фото; filename*=1 \\"x\\".jpg"', Buffer.from('x')]);
  const [first] = await read([body]);
  assert.equal(first?.part.filename, 'фото; filename*=1 "x".jpg');
});

for (const [what, body] of [
  ['a filename* parameter', form([`name="file"; filename*=UTF-8''a`, Buffer.from('x')])],
  ['a form without its last boundary', form(['name="file"', Buffer.from('x')]).subarray(0, -6)],
  ['a part without a name', form(['filename="a"', Buffer.from('x')])],
  ['headers without an end', Buffer.concat([Buffer.from('--line\r\n'), Buffer.alloc(20_000, 'x')])],
] as const) {
  test(`${what} is refused`, async () => {
    await assert.rejects(read([body]), MultipartError);
  });
}

test('the boundary is read with and without quotes, and required', () => {
  assert.equal(boundaryOf('multipart/form-data; boundary=abc'), 'abc');
  assert.equal(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"'), 'a b');
  assert.throws(() => boundaryOf('application/json'), MultipartError);
  assert.throws(() => boundaryOf(undefined), MultipartError);
});

function form(...parts: [disposition: string, content: Buffer][]): Buffer {
  const pieces = parts.flatMap(([disposition, content]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

function cut(body: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(body.length / size) }, (_, i) => body.subarray(i * size, (i + 1) * size));
}

async function read(chunks: Buffer[]): Promise<{ part: FormPart; data: string }[]> {
  const parts: { part: FormPart; data: string }[] = [];
  for await (const piece of formPieces(arriving(chunks), boundary)) {
    const last = parts.at(-1);
    if ('part' in piece) parts.push({ part: piece.part, data: '' });
    else if (last) last.data += piece.data.toString('latin1');
  }
  return parts;
}

async function* arriving(chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}
