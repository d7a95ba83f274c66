import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDictionary } from '../../src/content/pdf/dictionary.ts';
import { lockOf } from './lock.ts';
import { encryptions, pdf } from './pdfs.ts';

const catalog = '<< /Type /Catalog >>';

describe('a PDF', () => {
  for (const [what, lock, dictionary, id] of encryptions)
    test(`of ${what} is ${lock}`, async () => {
      const trailer = `/Root 1 0 R /ID [ <${id}> <${id}> ] /Encrypt 2 0 R`;
      assert.equal(await lockOf(pdf([catalog, dictionary], trailer)), lock);
    });

  const [, , dictionary = '', id = ''] = encryptions[0] ?? [];
  const ids = `/ID [<${id}><${id}>]`;
  const cases: [what: string, bytes: Buffer, lock: string][] = [
    ['is open where nothing is encrypted', pdf([catalog], '/Root 1 0 R'), 'open'],
    ['is open where only its metadata is spoken of', pdf([catalog, '<< /EncryptMetadata true >>'], ''), 'open'],
    ['is read where the dictionary is in the trailer', pdf([catalog], `${ids} /Encrypt ${dictionary}`), 'open'],
    ['is read where the key is spelt in figures', pdf([catalog, dictionary], `${ids} /#45ncr#79pt 2 0 R`), 'open'],
    ['is read behind a piece of something else', Buffer.concat([Buffer.from('\0mail\n'), pdf([catalog], '')]), 'open'],
    ['may be locked where the dictionary is missing', pdf([catalog], `${ids} /Encrypt 7 0 R`), 'unsure'],
    [
      'may be locked where it is damaged',
      pdf([catalog, '<< /Filter /Standard /R 3 /U <00> >>'], '/Encrypt 2 0 R'),
      'unsure',
    ],
    [
      'may be locked where its method is new',
      pdf([catalog, `<< /Filter /Standard /R 7 /U <${'0'.repeat(96)}> >>`], '/Encrypt 2 0 R'),
      'unsure',
    ],
    [
      'may be locked where two dictionaries are named',
      pdf([catalog, dictionary, dictionary], `${ids} /Encrypt 2 0 R /Encrypt 3 0 R`),
      'unsure',
    ],
    [
      'is locked for those without the certificate',
      pdf([catalog, '<< /Filter /Adobe.PubSec >>'], '/Encrypt 2 0 R'),
      'locked',
    ],
    ['is locked by another id', pdf([catalog, dictionary], `/ID [<00><00>] /Encrypt 2 0 R`), 'locked'],
  ];
  for (const [what, bytes, lock] of cases) test(what, async () => assert.equal(await lockOf(bytes), lock));

  test('of many pieces is searched to its end, also where a word lies across two of them', async () => {
    const trailer = `${ids} /Encrypt 2 0 R`;
    const locked = '<< /Filter /Adobe.PubSec >>';
    const length = pdf(['', locked], trailer).length;
    for (const shift of [0, 5, 12, 40]) {
      const filler = '%'.repeat(2 * 1024 * 1024 - length + shift);
      assert.equal(await lockOf(pdf([filler, locked], trailer)), 'locked');
    }
  });

  test('that names very many dictionaries may be locked', async () => {
    assert.equal(await lockOf(pdf([catalog], '/Encrypt 2 0 R '.repeat(5000))), 'unsure');
  });
});

test('a dictionary is read with its strings, names and nested parts', () => {
  const text =
    '<</Filter/Standard /R 4 /O (a\\)\\\\(b)\\101\\n) /U<41 4> /CF << /R 9 /StdCF << >> >> /P -4 /Encrypt true >> /R 1';
  assert.deepEqual(readDictionary(Buffer.from(text, 'latin1')), {
    Filter: 'Standard',
    R: 4,
    O: Buffer.from('a)\\(b)A\n'),
    U: Buffer.from('A@'),
    P: -4,
    Encrypt: true,
  });
});

test('an empty string in a dictionary is read, and what follows it', () => {
  assert.deepEqual(readDictionary(Buffer.from('<< /O <> /U () /R 3 >>')), {
    O: Buffer.alloc(0),
    U: Buffer.alloc(0),
    R: 3,
  });
});
