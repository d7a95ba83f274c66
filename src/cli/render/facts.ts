import type { Locale } from '../../locales/en-US.ts';
import type { SettledScan } from '../../scan/scan.ts';
import type { Facts } from '../../verdict/report.ts';
import type { Drawn } from './result.ts';
import { bytes, date, plain, wrap } from './text.ts';

const mostNames = 5;

/** What is known of a file or an address, a line each; what is not known has none. */
export function factLines({ source, outcome, file }: SettledScan, { columns }: Drawn, locale: Locale): string[] {
  if (outcome.kind !== 'done') return [];
  const words = locale.cli.facts;
  const { facts, analysedAt, link } = outcome.report;
  const size = facts?.size ?? file?.size;
  const asked = (length: number) => (source.kind === 'hash' && source.hash.length === length ? source.hash : undefined);
  const lines: [name: string, value: string | undefined][] = [
    [words.threat, facts?.threatLabel],
    [words.type, facts?.type ?? file?.content.mime],
    [words.size, size === undefined ? undefined : bytes(size)],
    [words.sha256, facts?.sha256 ?? file?.sha256 ?? asked(64)],
    [words.sha1, facts?.sha1 ?? file?.sha1 ?? asked(40)],
    [words.md5, facts?.md5 ?? file?.md5 ?? asked(32)],
    [words.names, facts?.names.slice(0, mostNames).join(', ')],
    [words.tags, facts?.tags.join(', ')],
    [words.firstSeen, facts?.firstSeen === undefined ? undefined : date(facts.firstSeen)],
    [words.analysed, date(analysedAt)],
    [words.signedBy, facts?.signature?.state === 'valid' ? facts.signature.signer : undefined],
    [words.community, facts && communityOf(facts, locale)],
    [words.sandboxes, facts?.sandboxes?.map(({ name, verdict }) => `${name}: ${verdict}`).join(', ')],
    [words.yara, facts?.yara?.join(', ')],
    [words.sigma, facts?.sigma && hitsOf(facts.sigma)],
    [words.link, link],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const indent = ' '.repeat(width + 2);
  return lines.flatMap(([name, value]) =>
    value ? `${name.padEnd(width)}  ${wrap(plain(value), columns, indent)}` : [],
  );
}

function communityOf({ reputation, votes }: Facts, locale: Locale): string {
  const { score, votes: count } = locale.cli;
  return [reputation !== undefined && score(reputation), votes && count(votes.harmless, votes.malicious)]
    .filter(Boolean)
    .join(', ');
}

function hitsOf({ titles: _, ...counts }: NonNullable<Facts['sigma']>): string {
  return Object.entries(counts)
    .filter(([, hits]) => hits > 0)
    .map(([level, hits]) => `${hits} ${level}`)
    .join(', ');
}
