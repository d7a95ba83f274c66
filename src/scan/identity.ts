import type { Scan, Source } from './scan.ts';

/**
 * Returns the SHA-256 of a scan's file, from its bytes or from the engine. undefined while it is not known, and for an address.
 */
export function sha256Of(scan: Scan): string | undefined {
  const { source } = scan;
  if (source.kind === 'url') return undefined;
  const file = scan.stage === 'identified' || scan.stage === 'settled' ? scan.file : undefined;
  const told = scan.stage === 'settled' && scan.outcome.kind === 'done' ? scan.outcome.report.facts?.sha256 : undefined;
  return file?.sha256 ?? told ?? (source.kind === 'hash' && source.hash.length === 64 ? source.hash : undefined);
}

/**
 * Returns a source for asking the engine about the same subject again without its bytes; undefined if nothing identifies it.
 */
export function sourceAgain(scan: Scan): Source | undefined {
  const { source } = scan;
  if (source.kind === 'url') return source;
  const hash = sha256Of(scan) ?? (source.kind === 'hash' ? source.hash : undefined);
  return hash === undefined ? undefined : { kind: 'hash', hash, name: source.name };
}
