import type { Scan, Source } from './scan.ts';

/** The SHA-256 of the file that a scan is about, by its bytes or as the engine told; undefined while nobody knows, and for an address. */
export function sha256Of(scan: Scan): string | undefined {
  const { source } = scan;
  if (source.kind === 'url') return undefined;
  const file = scan.stage === 'identified' || scan.stage === 'settled' ? scan.file : undefined;
  const told = scan.stage === 'settled' && scan.outcome.kind === 'done' ? scan.outcome.report.facts?.sha256 : undefined;
  return file?.sha256 ?? told ?? (source.kind === 'hash' && source.hash.length === 64 ? source.hash : undefined);
}

/** By which the engine can be asked about the same thing again without its bytes; undefined where nothing identifies it. */
export function sourceAgain(scan: Scan): Source | undefined {
  const { source } = scan;
  if (source.kind === 'url') return source;
  const hash = sha256Of(scan) ?? (source.kind === 'hash' ? source.hash : undefined);
  return hash === undefined ? undefined : { kind: 'hash', hash, name: source.name };
}
