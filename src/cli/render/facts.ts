import type { Locale } from '../../locales/en-US.ts';
import type { SettledScan } from '../../scan/scan.ts';
import type { Facts, SandboxVerdict } from '../../verdict/report.ts';
import type { Drawn } from './result.ts';
import { padded, plain, widthOf, wrap } from './text.ts';

const mostNames = 5;

/** Returns what is known about a file or an address, one line each. Unknown facts have no line. */
export function factLines({ source, outcome, file }: SettledScan, { columns }: Drawn, locale: Locale): string[] {
  if (outcome.kind !== 'done') return [];
  const words = locale.cli.facts;
  const { format, report } = locale;
  const joined = (parts: readonly string[] | undefined) => parts && locale.text.joined(parts);
  const { facts, analysedAt, link } = outcome.report;
  const size = facts?.size ?? file?.size;
  const asked = (length: number) => (source.kind === 'hash' && source.hash.length === length ? source.hash : undefined);
  const sandbox = (name: string, verdict: SandboxVerdict) =>
    locale.text.labelled(name, locale.cli.sandboxVerdicts[verdict]);
  const lines: [name: string, value: string | undefined][] = [
    [words.threat, facts?.threatLabel],
    [words.type, facts?.type ?? file?.content.mime],
    [words.size, size === undefined ? undefined : format.size(size)],
    [words.sha256, facts?.sha256 ?? file?.sha256 ?? asked(64)],
    [words.sha1, facts?.sha1 ?? file?.sha1 ?? asked(40)],
    [words.md5, facts?.md5 ?? file?.md5 ?? asked(32)],
    [words.names, joined(facts?.names.slice(0, mostNames))],
    [words.tags, joined(facts?.tags)],
    [words.firstSeen, facts?.firstSeen === undefined ? undefined : format.date(facts.firstSeen)],
    [words.analysed, format.date(analysedAt)],
    [words.signedBy, facts?.signature?.state === 'valid' ? facts.signature.signer : undefined],
    [words.community, facts && communityOf(facts, locale)],
    [words.sandboxes, joined(facts?.sandboxes?.map(({ name, verdict }) => sandbox(name, verdict)))],
    [words.yara, joined(facts?.yara)],
    [words.sigma, facts?.sigma && report.levels(facts.sigma)],
    [words.link, link],
  ];
  const width = Math.max(...lines.map(([name]) => widthOf(name)));
  const indent = ' '.repeat(width + 2);
  return lines.flatMap(([name, value]) =>
    value ? `${padded(name, width)}  ${wrap(plain(value), columns, indent)}` : [],
  );
}

function communityOf({ reputation, votes }: Facts, locale: Locale): string {
  const { score, votes: count } = locale.cli;
  return locale.text.joined([
    ...(reputation === undefined ? [] : [score(reputation)]),
    ...(votes ? [count(votes.harmless, votes.malicious)] : []),
  ]);
}
