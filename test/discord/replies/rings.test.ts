import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Picture } from '../../../src/discord/cards/view.ts';
import { createRings } from '../../../src/discord/replies/rings.ts';
import { type Tone, toneSchema } from '../../../src/verdict/word.ts';

const picture = (tone: Tone, flagged: number, opinions: number): Picture => ({
  filename: `${tone}-${flagged}-${opinions}`,
  description: '',
  ring: { tone, flagged, opinions },
});

test('a ring is a small PNG, drawn once', async () => {
  const rings = createRings();
  const [first] = await rings([picture('malicious', 54, 71)]);
  assert.deepEqual(first?.data.subarray(0, 8), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  assert.deepEqual([first?.data.readUInt32BE(16), first?.data.readUInt32BE(20)], [160, 160]);
  assert.ok(first.data.length < 20_000);
  const [again] = await rings([picture('malicious', 54, 71)]);
  assert.equal(again, first);
});

test('each tone and each count has a picture of its own', async () => {
  const pictures = [...toneSchema.options.map((tone) => picture(tone, 1, 70)), picture('malicious', 2, 70)];
  const files = await createRings()(pictures);
  // Tones of one colour and one sign may look the same.
  assert.ok(new Set(files.map(({ data }) => data.toString('base64'))).size >= 6);
  const [few, many] = await createRings()([picture('malicious', 2, 70), picture('malicious', 68, 70)]);
  assert.notDeepEqual(few?.data, many?.data);
});
