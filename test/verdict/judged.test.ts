import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { wordSchema } from '../../src/verdict/word.ts';
import { knowledgeOf } from '../../src/virustotal/report.ts';
import { objectSchema } from '../../src/virustotal/wire.ts';
import { judgementOn } from '../fixtures/judging.ts';

const folder = process.env.VT_SAMPLES_DIR && join(process.env.VT_SAMPLES_DIR, 'judged');
const skip = folder ? false : 'VT_SAMPLES_DIR, the folder of captured bodies, is not set';

/** Where the rule says another word than the analyst, and why it stands. */
const disagreed: Record<string, string> = {
  // Microsoft and Ikarus name the same backdoor: by the engines alone that is no different from a real one.
  'v3_file_094.json': 'malicious',
  // The table calls it adware; seven families call it a trojan that sends text messages, and none adware.
  'v3_file_108.json': 'malicious',
};

/** Each body, and the words of which an analyst would use one. */
async function table(): Promise<[file: string, words: string[]][]> {
  const text = await readFile(join(folder ?? '', 'README.md'), 'utf8');
  return [...text.matchAll(/^\| (v3_\w+\.json) \| [\d/]+ \| ([^|]+) \|/gm)].map(([, file = '', words = '']) => [
    file,
    wordSchema.options.filter((word) => words.split(',')[0]?.includes(word)),
  ]);
}

test('captured reports get the word that an analyst would use', { skip }, async () => {
  const rows = await table();
  assert.equal(rows.length, (await readdir(folder ?? '')).filter((name) => name.endsWith('.json')).length);
  const wrong: string[] = [];
  for (const [file, words] of rows) {
    const body: unknown = JSON.parse(await readFile(join(folder ?? '', file), 'utf8'));
    const kind = file.includes('_url_') ? 'url' : 'file';
    const subject = kind === 'url' ? ({ kind, url: 'https://example.com/' } as const) : ({ kind, hash: '' } as const);
    const { report } = knowledgeOf(objectSchema.parse(body), subject);
    const { word } = judgementOn(report?.engines ?? [], { subject: kind, facts: report?.facts });
    const expected = disagreed[file] ? [disagreed[file]] : words;
    if (!expected.includes(word)) wrong.push(`${file}: ${word} instead of ${expected.join(' or ')}`);
  }
  assert.deepEqual(wrong, []);
});
