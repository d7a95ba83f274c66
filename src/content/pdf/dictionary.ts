/** The entries at a dictionary's top level that matter here. Names are without the slash. */
export type Dictionary = Readonly<Record<string, Buffer | string | number | boolean>>;

const delimiters = /[\s\0()<>[\]{}/%]/;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Reads a PDF dictionary that begins with "<<": ISO 32000-1, 7.3. Stops at the first malformed entry. */
export function readDictionary(bytes: Buffer): Dictionary {
  const text = bytes.toString('latin1');
  const found: Record<string, Buffer | string | number | boolean> = {};
  let key: string | undefined;
  let depth = 0;
  const take = (value: Buffer | string | number | boolean) => {
    if (depth === 1 && key !== undefined) found[key] ??= value;
    key = undefined;
  };

  for (let at = 0; at < text.length; ) {
    if (text.startsWith('<<', at) || text[at] === '[') {
      key = undefined;
      depth += 1;
      at += text[at] === '[' ? 1 : 2;
    } else if (text.startsWith('>>', at) || text[at] === ']') {
      depth -= 1;
      if (depth <= 0) return found;
      at += text[at] === ']' ? 1 : 2;
    } else if (text[at] === '(') {
      const string = literal(text, at);
      take(string.bytes);
      at = string.end;
    } else if (text[at] === '<') {
      const end = text.indexOf('>', at);
      if (end < 0) return found;
      const digits = text.slice(at + 1, end).replace(/[\s\0]/g, '');
      take(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'));
      at = end + 1;
    } else if (text[at] === '/') {
      const end = wordEnd(text, at + 1);
      const name = text.slice(at + 1, end);
      if (key === undefined) key = depth === 1 ? name : undefined;
      else take(name);
      at = end;
    } else {
      const end = wordEnd(text, at);
      const word = text.slice(at, end);
      if (word === 'true' || word === 'false') take(word === 'true');
      else if (/^[-+]?\d+$/.test(word)) take(Number(word));
      at = Math.max(end, at + 1);
    }
  }
  return found;
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !delimiters.test(text.charAt(end))) end += 1;
  return end;
}

/** A string in brackets, which may contain pairs of brackets and escapes. */
function literal(text: string, start: number): { bytes: Buffer; end: number } {
  let value = '';
  let depth = 1;
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') {
      const [octal] = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4)) ?? [];
      const next = text.charAt(at + 1);
      if (octal) value += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      else if (next === '\r' && text.charAt(at + 2) === '\n') at += 1;
      else if (next !== '\n' && next !== '\r') value += escapes[next] ?? next;
      at += octal?.length ?? 1;
      continue;
    }
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) break;
    value += character;
  }
  return { bytes: Buffer.from(value, 'latin1'), end: at + 1 };
}
