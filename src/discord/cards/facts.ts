import type { Locale } from '../../locales/en-US.ts';
import type { Facts } from '../../verdict/report.ts';
import { code } from './text.ts';

/** So many of each are named, so long; the rest is counted. */
const most = { names: 5, tags: 10, sandboxes: 5, yara: 5 };
const longest = { name: 50, tag: 30, sandbox: 30, rule: 50, signer: 80 };

/** What is known of a file or an address beside the engines' answers, a line each; what is not known has no line. */
export function factLines(facts: Facts, { report }: Locale): string[] {
  const { names, tags, signature, sandboxes = [], yara = [], sigma, sha1, md5 } = facts;
  const listed = (all: readonly string[], atMost: number, length: number) =>
    report.list(
      all.slice(0, atMost).map((one) => code(one, length)),
      Math.max(0, all.length - atMost),
    );
  const tried = sandboxes.slice(0, most.sandboxes).map(({ name, verdict }) => {
    return `${code(name, longest.sandbox)} ${report.sandboxVerdicts[verdict]}`;
  });
  const entries: [string, string | false | undefined][] = [
    [report.names, names.length > 0 && listed(names, most.names, longest.name)],
    [report.signedBy, signature?.state === 'valid' && signature.signer && code(signature.signer, longest.signer)],
    [report.tags, tags.length > 0 && listed(tags, most.tags, longest.tag)],
    [report.sandboxes, tried.length > 0 && report.list(tried, sandboxes.length - tried.length)],
    [report.yara, yara.length > 0 && listed(yara, most.yara, longest.rule)],
    [report.sigma, sigma && hasHits(sigma) && report.sigmaHits(sigma)],
    [report.community, community(facts, report)],
    ['SHA-1', sha1 && code(sha1)],
    ['MD5', md5 && code(md5)],
  ];
  return entries.flatMap(([what, value]) => (value ? [`**${what}** ${value}`] : []));
}

const hasHits = ({ critical, high, medium, low }: NonNullable<Facts['sigma']>) => critical + high + medium + low > 0;

function community({ reputation, votes }: Facts, report: Locale['report']): string | undefined {
  const isVoted = votes !== undefined && votes.harmless + votes.malicious > 0;
  const parts = [reputation !== undefined && report.score(reputation), isVoted && report.votes(votes)];
  return parts.filter(Boolean).join(' · ') || undefined;
}
