import { parseToken, type Token } from '../scan/token.ts';

/** What a person may have meant: one of our tokens, a file by its hash, or an address by the id that VirusTotal gave it. */
export type Meaning = { kind: 'token'; token: Token } | { kind: 'file'; hash: string } | { kind: 'url'; id: string };

/** More than a message of Discord's or a page of a log has. */
const longest = 20_000;

/**
 * What a pasted text may ask about, in the order in which to try it; nothing for junk. Tokens look like a SHA-256 and go
 * first, except where a link of VirusTotal's says what it is. Of a file's several hashes the longest counts.
 */
export function readQuery(text: string): Meaning[] {
  const pasted = text.slice(0, longest);
  return meaningOfLink(pasted) ?? meaningsOfHashes(pasted);
}

/** Links of the site, old and new, and of its API. */
function meaningOfLink(text: string): Meaning[] | undefined {
  const path = /\bvirustotal\.com\/(\S+)/i.exec(text)?.[1];
  if (path === undefined) return undefined;
  const id = /(?:^|\/)urls?\/(?:u-)?([0-9a-f]{64})(?![0-9a-z])/i.exec(path)?.[1];
  if (id !== undefined) return [{ kind: 'url', id: id.toLowerCase() }];
  const [hash] = [...hashesIn(path), ...hashOfAnalysis(path)];
  return hash === undefined ? undefined : [{ kind: 'file', hash }];
}

function meaningsOfHashes(text: string): Meaning[] {
  const hashes = hashesIn(text);
  const tokens = hashes.flatMap((hash): Meaning[] => {
    const token = parseToken(hash);
    return token ? [{ kind: 'token', token }] : [];
  });
  const [hash] = hashes;
  return hash === undefined ? [] : [...tokens, { kind: 'file', hash }];
}

/** Each once, in lower case, the longest kind first. */
function hashesIn(text: string): string[] {
  const found = Array.from(text.matchAll(/(?<![0-9a-z])[0-9a-f]+(?![0-9a-z])/gi), ([hash]) => hash.toLowerCase());
  const distinct = [...new Set(found)];
  return [64, 40, 32].flatMap((length) => distinct.filter((hash) => hash.length === length));
}

/** The page of an analysis has in its address the base64 of the file's MD5 and a time. */
function hashOfAnalysis(path: string): string[] {
  const encoded = /file-analysis\/([\w+/=%-]+)/i.exec(path)?.[1] ?? '';
  const hash = /^([0-9a-f]{32}):/.exec(Buffer.from(encoded, 'base64').toString('latin1'))?.[1];
  return hash === undefined ? [] : [hash];
}
