import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Inline, readMarkdown } from '../../sandbox/page/browser/markdown.ts';
import { momentText } from '../../sandbox/page/browser/moment.ts';

/** A line's parts in short: kind and text. */
function parts(text: string): string[] {
  return readMarkdown(text).flatMap((block) => ('inside' in block ? block.inside.map(short) : [`pre(${block.text})`]));
}

function short(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return `code(${inline.text})`;
    case 'mention':
      return `${inline.of}(${inline.id})`;
    case 'command':
      return `command(${inline.name})`;
    case 'moment':
      return `moment(${inline.seconds}:${inline.style})`;
    case 'link':
      return `link(${inline.href}|${inline.inside.map(short).join('')})`;
    default:
      return `${inline.kind}(${inline.inside.map(short).join('')})`;
  }
}

describe("Discord's markdown", () => {
  test('marks nest, and what has no end stays text', () => {
    assert.deepEqual(parts('**54/71 *engines***'), ['bold(54/71 italic(engines))']);
    assert.deepEqual(parts('__a__ ~~b~~ ||c|| _d_'), [
      'underline(a)',
      ' ',
      'strike(b)',
      ' ',
      'spoiler(c)',
      ' ',
      'italic(d)',
    ]);
    assert.deepEqual(parts('2 * 3 ** 4 snake_case_name'), ['2 * 3 ** 4 snake_case_name']);
  });

  test('inside code nothing else is read', () => {
    assert.deepEqual(parts('`**a** <@12> https://a.example`'), ['code(**a** <@12> https://a.example)']);
    assert.deepEqual(parts('``a`b``'), ['code(a`b)']);
    assert.deepEqual(parts('a\n```ts\n**b**\n```\nc'), ['a', 'pre(**b**)', 'c']);
  });

  test('mentions, commands and moments are told apart', () => {
    assert.deepEqual(parts('<@1> <@!2> <@&3> <#4> </vtscan:5>'), [
      'user(1)',
      ' ',
      'user(2)',
      ' ',
      'role(3)',
      ' ',
      'channel(4)',
      ' ',
      'command(vtscan)',
    ]);
    assert.deepEqual(parts('in https://discord.com/channels/1/22/333.'), ['in ', 'message(22)', '.']);
    assert.deepEqual(parts('<t:1700000000:R> <t:1700000000>'), ['moment(1700000000:R)', ' ', 'moment(1700000000:f)']);
  });

  test('only web addresses become links', () => {
    assert.deepEqual(parts('see https://a.example/x?y=1.'), [
      'see ',
      'link(https://a.example/x?y=1|https://a.example/x?y=1)',
      '.',
    ]);
    assert.deepEqual(parts('[here](https://a.example)'), ['link(https://a.example|here)']);
    assert.deepEqual(parts('[here](javascript:alert(1))'), ['[here](javascript:alert(1))']);
  });

  test('HTML is text', () => {
    assert.deepEqual(parts('<img src=x onerror=alert(1)>'), ['<img src=x onerror=alert(1)>']);
  });

  test('lines have their kinds', () => {
    const kinds = readMarkdown('# a\n-# b\n> c\n- d\ne').map(({ kind }) => kind);
    assert.deepEqual(kinds, ['heading', 'subtext', 'quote', 'item', 'paragraph']);
  });

  test('a line of marks without an end stays text', () => {
    const line = '**a __b ~~c ||d [e](f <g `h';
    assert.equal(parts(line).join(''), line);
  });
});

test('a relative moment is told in the largest unit that fits', () => {
  const now = 1_700_000_000_000;
  const told = (seconds: number) => momentText(now / 1000 + seconds, 'R', now);
  assert.deepEqual([-1, 59, 61, -7_200, 90_000].map(told), [
    '1 second ago',
    'in 59 seconds',
    'in 1 minute',
    '2 hours ago',
    'tomorrow',
  ]);
});
