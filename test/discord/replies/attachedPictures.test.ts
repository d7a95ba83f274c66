import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message, Picture } from '../../../src/discord/cards/view.ts';
import { createAttachedPictures } from '../../../src/discord/replies/attachedPictures.ts';
import type { Delivered, Edit } from '../../../src/discord/replies/delivery.ts';

const picture = (flagged: number): Picture => ({
  filename: `ring-${flagged}.png`,
  description: `${flagged} of 70 engines flag it`,
  ring: { tone: 'malicious', flagged, opinions: 70 },
});
const message = (...flags: number[]): Message => ({
  content: 'x',
  embeds: flags.map((flagged) => ({ title: 'x', thumbnail: { url: `attachment://ring-${flagged}.png` } })),
  components: [],
  allowed_mentions: { parse: [] },
  pictures: flags.map(picture),
});
const draw = async (pictures: readonly Picture[]) =>
  pictures.map(({ filename: name }) => ({ name, data: Buffer.from(name) }));
const thumbnailsOf = ({ embeds }: Edit) => embeds.flatMap(({ thumbnail }) => thumbnail?.url ?? []);

/** A message in a channel that takes files, or does not. */
function world(answer: Delivered = 'delivered') {
  const sent: Edit[] = [];
  const closed = new Set<string>();
  const pictures = () => createAttachedPictures('1', { draw, closed });
  const send = async (edit: Edit) => {
    sent.push(edit);
    return answer;
  };
  return { pictures, sent, send };
}

describe('the pictures of a message', () => {
  test('are not in its first edit, and follow in one of their own with their alt text', async () => {
    const { pictures, sent, send } = world();
    const one = pictures();
    const first = one.known(message(3));
    assert.deepEqual([thumbnailsOf(first), first.files, first.attachments], [[], undefined, undefined]);
    await one.add(message(3), send);
    assert.deepEqual(
      sent.map(({ files }) => files?.map(({ name }) => name)),
      [['ring-3.png']],
    );
    assert.deepEqual(sent[0]?.attachments, [
      { id: '0', filename: 'ring-3.png', description: '3 of 70 engines flag it' },
    ]);
  });

  test('are not uploaded again while they stay the same, and are replaced when they change', async () => {
    const { pictures, sent, send } = world();
    const one = pictures();
    await one.add(message(3), send);
    const same = one.known(message(3));
    assert.deepEqual([thumbnailsOf(same), same.attachments], [['attachment://ring-3.png'], undefined]);
    await one.add(message(3), send);
    assert.equal(sent.length, 1);

    const other = one.known(message(4));
    assert.deepEqual([thumbnailsOf(other), other.attachments], [[], []]);
    await one.add(message(4), send);
    assert.deepEqual(
      sent.map(({ files }) => files?.map(({ name }) => name)),
      [['ring-3.png'], ['ring-4.png']],
    );
  });

  for (const answer of ['refused', 'lost'] as const) {
    test(`are not sent again in a channel where they were ${answer}, whatever the message`, async () => {
      const { pictures, sent, send } = world(answer);
      const one = pictures();
      await one.add(message(3), send);
      assert.deepEqual(thumbnailsOf(one.known(message(3))), []);
      await one.add(message(3), send);
      await pictures().add(message(4), send);
      assert.equal(sent.length, 1);
    });
  }

  test('are no edit where there are none', async () => {
    const { pictures, sent, send } = world();
    await pictures().add(message(), send);
    assert.deepEqual(sent, []);
  });
});
