import { parseToken, type Token } from '../scan/token.ts';

/** What a pasted text may mean: one of our tokens, a file by its hash, or an address by VirusTotal's id for it. */
export type Meaning = { kind: 'token'; token: Token } | { kind: 'file'; hash: string } | { kind: 'url'; id: string };

/** In characters. A Discord message or a page of a log is shorter. */
const longest = 20_000;

/**
 * Returns what a pasted text may mean, the meaning to try first at the front; an empty list for junk. Tokens look like a
 * SHA-256 and come first. A link to VirusTotal never means a token. Of several hashes the longest counts.
 */
export function readQuery(text: string): Meaning[] {
  const pasted = text.slice(0, longest);
  return meaningOfLink(pasted) ?? meaningsOfHashes(pasted);
}

/** Reads links to VirusTotal's website, old and new, and to its API. */
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

/** Each hash once, in lower case: SHA-256 first, then SHA-1, then MD5. */
function hashesIn(text: string): string[] {
  const found = Array.from(text.matchAll(/(?<![0-9a-z])[0-9a-f]+(?![0-9a-z])/gi), ([hash]) => hash.toLowerCase());
  const distinct = [...new Set(found)];
  return [64, 40, 32].flatMap((length) => distinct.filter((hash) => hash.length === length));
}

/** The address of an analysis page contains the file's MD5 and a time in base64. */
function hashOfAnalysis(path: string): string[] {
  const encoded = /file-analysis\/([\w+/=%-]+)/i.exec(path)?.[1] ?? '';
  const hash = /^([0-9a-f]{32}):/.exec(Buffer.from(encoded, 'base64').toString('latin1'))?.[1];
  return hash === undefined ? [] : [hash];
}
