import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeOf } from '../../sandbox/discord/files.ts';
import { knownFiles, type SampleId, sampleFile, sampleViews } from '../../sandbox/page/samples.ts';
import { recognise } from '../../sandbox/virustotal/content.ts';
import { fingerprint } from '../../sandbox/virustotal/fingerprint.ts';

function recognised(id: SampleId) {
  const { content } = sampleFile(id);
  if (typeof content !== 'string' && !(content instanceof Uint8Array))
    throw new TypeError(`${id} has no bytes at hand`);
  return recognise(fingerprint(Buffer.from(content)));
}

test('each sample file is what it says', () => {
  assert.equal(recognised('eicar').verdict, 'eicar');
  assert.equal(recognised('document').verdict, 'clean');
  assert.equal(recognised('document').type.tag, 'pdf');
  assert.equal(recognised('disguised').type.tag, 'peexe');
  assert.match(sampleFile('disguised').name, /\.png$/);
  assert.equal(recognised('locked').password, 'infected');
  assert.equal(recognised('locked').verdict, 'malicious');
  assert.equal(recognised('obscure').verdict, 'one-detection');
  assert.equal(sizeOf(sampleFile('large').content), 40 * 1024 * 1024);
  assert.deepEqual(
    knownFiles.map(({ name }) => name),
    [sampleFile('known').name],
  );
});

test('every sample has a name and a note of its own', () => {
  const views = sampleViews();
  assert.equal(new Set(views.map(({ name }) => name)).size, views.length);
  assert.ok(views.every(({ note }) => note !== ''));
});
