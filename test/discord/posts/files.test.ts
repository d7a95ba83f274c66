import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { filesOf } from '../../../src/discord/posts/files.ts';

const hosts = ['cdn.discordapp.com', 'media.discordapp.net'];
const where = { channelId: '1', messageId: '2', hosts };
const link = (id: number, name = 'a.exe', host = 'cdn.discordapp.com') =>
  `https://${host}/attachments/10/${id}/${name}?ex=1&is=2&hm=3`;
const attachment = (id: number) => ({ id: String(id), url: link(id), filename: `real ${id}.exe`, size: 5 });
const ids = (message: unknown) => filesOf(message, where).map(({ attachmentId }) => attachmentId);

test('attachments come first, each file once, however often a message leads to it', () => {
  const message = {
    attachments: [attachment(1)],
    message_snapshots: [{ message: { attachments: [attachment(2)], content: link(1) } }],
    components: [{ type: 17, components: [{ type: 13, file: { url: link(3), proxy_url: link(3) } }] }],
    embeds: [{ image: { url: link(4) }, thumbnail: { proxy_url: link(4, 'a.exe', 'media.discordapp.net') } }],
    content: `${link(1)} ${link(5)}`,
  };
  assert.deepEqual(ids(message), ['1', '2', '3', '4', '5']);
  assert.equal(filesOf(message, where)[0]?.name, 'real 1.exe');
});

test('a link is found in whatever people write around it', () => {
  const ways = [
    (url: string) => url,
    (url: string) => `<${url}>`,
    (url: string) => `[harmless](${url})`,
    (url: string) => `||${url}||`,
    (url: string) => `\`${url}\``,
    (url: string) => `see ${url}.`,
    (url: string) => `**${url}**`,
    (url: string) => `"${url}",`,
    (url: string) => url.replace('https://cdn', 'HTTPS://CDN'),
    (url: string) => url.replace('.com/', '.com:443/'),
  ];
  for (const way of ways) {
    const [file] = filesOf({ content: way(link(7, 'caf%C3%A9.exe')) }, where);
    assert.equal(file?.attachmentId, '7', way(link(7)));
    assert.equal(file?.name, 'café.exe');
    assert.equal(file?.size, undefined);
  }
});

test('of several links to one file the one that is served longest counts, and another path with the same id hides nothing', () => {
  const until = (ex: string, id = 7) => `https://cdn.discordapp.com/attachments/10/${id}/a.exe?ex=${ex}&is=2&hm=3`;
  const urls = (content: string, attachments: unknown[] = []) =>
    filesOf({ content, attachments }, where).map(({ url }) => url);
  assert.deepEqual(urls(`${until('10')} ${until('2f')} ${until('2e')}`), [until('2f')]);
  assert.deepEqual(urls(`${until('')} ${until('1')}`), [until('1')]);
  const dead = until('ff').replace('/10/', '/11/');
  assert.deepEqual(urls(`${dead} ${until('1')}`), [dead, until('1')]);
  assert.deepEqual(urls(`${dead} ${until('1')}`, [attachment(7)]), [link(7)]);
});

test('links to elsewhere, and to what is no attachment, are not files of Discord', () => {
  const others = [
    'https://example.com/attachments/1/2/a.exe',
    'https://cdn.discordapp.com.example.com/attachments/1/2/a.exe',
    'https://cdn.discordapp.com/avatars/1/2.png',
    'https://cdn.discordapp.com/attachments/1/a.exe',
    'https://user:pass@example.com/attachments/1/2/a.exe',
  ];
  assert.deepEqual(ids({ content: others.join(' ') }), []);
});

test('what the media host would change is taken from where it is whole', () => {
  const [file] = filesOf({ content: `${link(1, 'a.png', 'media.discordapp.net')}&width=10&format=webp` }, where);
  assert.equal(file?.url, link(1, 'a.png'));
});

test('no junk makes reading a message throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void filesOf(value, where)));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void filesOf({ content: link(1, text) + text }, where)),
  );
});
