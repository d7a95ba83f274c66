import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileForm } from '../../src/virustotal/forms.ts';

async function* content(...chunks: Buffer[]) {
  yield* chunks;
}

async function written(name: string, fields: Record<string, string> = {}, chunks = [Buffer.from('data')]) {
  const size = Buffer.concat(chunks).length;
  const told: number[] = [];
  const form = fileForm({ name, size, content: content(...chunks) }, fields, (bytes) => told.push(bytes));
  const sent: Uint8Array[] = [];
  for await (const chunk of form.bytes) sent.push(chunk);
  return { headers: form.headers, body: Buffer.concat(sent), told };
}

test('the body is as long as its header says, whatever the name and the password', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (name, password) => {
      const { headers, body } = await written(name, { password });
      assert.equal(Number(headers['Content-Length']), body.length);
    }),
  );
});

test('no name gets out of its quotes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('"', '\\', '\r', '\n', '\0', ';', 'a', 'é', '%') }),
      async (name) => {
        const head = (await written(name)).body.toString().split('\r\n\r\n')[0] ?? '';
        assert.match(
          head,
          /^--[\w-]+\r\nContent-Disposition: form-data; name="file"; filename="[^"\\\r\n\0]+"\r\nContent-Type: [\w/-]+$/,
        );
      },
    ),
  );
});

test('names in other scripts go as they are, in UTF-8, never in the starred form', async () => {
  const { body } = await written('отчёт 报告 📄.pdf');
  assert.ok(body.includes('filename="отчёт 报告 📄.pdf"'));
  assert.ok(!body.includes('filename*'));
});

test('a browser reads back what was written', async () => {
  const { headers, body } = await written('report.pdf', { password: 'a\r\nb"ü' }, [
    Buffer.from('one'),
    Buffer.from('two'),
  ]);
  const form = await new Response(body, { headers }).formData();
  assert.equal(form.get('password'), 'a\r\nb"ü');
  const file = form.get('file');
  assert.ok(file instanceof File);
  assert.equal(file.name, 'report.pdf');
  assert.equal(await file.text(), 'onetwo');
});

test('only the bytes of the file are counted as sent', async () => {
  const { told } = await written('a', { password: 'x' }, [Buffer.alloc(10), Buffer.alloc(5)]);
  assert.deepEqual(told, [10, 15]);
});
