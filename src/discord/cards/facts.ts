import { defang } from '../../address/address.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { Facts } from '../../verdict/report.ts';
import { code, moment } from './text.ts';

/** How many of each are named, and how long they may be. The rest is counted. */
const most = { names: 5, tags: 10, sandboxes: 5, rules: 5, others: 3 };
const longest = { name: 50, tag: 30, sandbox: 30, rule: 50, signer: 80, address: 120 };

type Entry = [what: string, value: string | false | undefined];

/** Returns what is known about a file or an address besides the engines' answers, one line each. Unknown facts have no line. */
export function factLines(facts: Facts, locale: Locale): string[] {
  const { report } = locale;
  const entries = [...identity(facts, locale), ...origin(facts, report), ...behaviour(facts, locale)];
  return entries.flatMap(([what, value]) => (value ? [report.fact(what, value)] : []));
}

type Words = Locale['report'];

function identity({ type, size, names, tags, bundle, finalUrl, pageTitle }: Facts, locale: Locale): Entry[] {
  const { report: words, format, text } = locale;
  const sized = size === undefined ? [] : [format.size(size)];
  return [
    [words.type, type && text.joined([code(type, longest.name), ...sized])],
    [words.names, listed(names, most.names, longest.name, words)],
    [words.bundle, bundle && words.bundled(bundle.files, bundle.worst && code(bundle.worst, longest.name))],
    [words.finalUrl, finalUrl && code(defang(finalUrl), longest.address)],
    [words.pageTitle, pageTitle && code(pageTitle, longest.signer)],
    [words.tags, listed(tags, most.tags, longest.tag, words)],
  ];
}

/** Who made it, and who vouches for it. */
function origin({ signature, distributors = [], trustedBy, nsrl, firstSeen }: Facts, words: Words): Entry[] {
  const signer = signature?.signer && code(signature.signer, longest.signer);
  return [
    [words.firstSeen, firstSeen !== undefined && moment(firstSeen, 'f')],
    [words.signature, signature && words.signatures[signature.state](signer)],
    [words.distributors, listed(distributors, most.others, longest.name, words)],
    [words.trustedBy, trustedBy && code(trustedBy, longest.signer)],
    [words.nsrl, nsrl && words.yes],
  ];
}

/** Its behavior, and what others think of it. */
function behaviour(facts: Facts, locale: Locale): Entry[] {
  const { report: words } = locale;
  const { sandboxes = [], malwareFamilies = [], yara = [], sigma, intrusions, gti, severity } = facts;
  const tried = sandboxes.slice(0, most.sandboxes).map(({ name, verdict }) => {
    return `${code(name, longest.sandbox)} ${words.sandboxVerdicts[verdict]}`;
  });
  return [
    [words.severity, severity && words.severities[severity]],
    [words.families, listed(malwareFamilies, most.others, longest.name, words)],
    [words.sandboxes, tried.length > 0 && words.list(tried, sandboxes.length - tried.length)],
    [words.yara, listed(yara, most.rules, longest.rule, words)],
    [words.sigma, sigma && titled(words.levels(sigma), sigma.titles, locale)],
    [words.intrusions, intrusions && titled(words.levels(intrusions), intrusions.titles, locale)],
    [words.gti, gti && words.assessment(gti.verdict, gti.score)],
    [words.community, community(facts, locale)],
  ];
}

function listed(all: readonly string[], atMost: number, length: number, words: Words): string | undefined {
  const shown = all.slice(0, atMost).map((one) => code(one, length));
  return shown.length > 0 ? words.list(shown, all.length - shown.length) : undefined;
}

function titled(levels: string, titles: readonly string[], { report, text }: Locale): string | undefined {
  const named = listed(titles, most.rules, longest.rule, report);
  return levels && named ? text.labelled(levels, named) : levels || undefined;
}

function community({ reputation, votes }: Facts, { report: words, text }: Locale): string | undefined {
  const isVoted = votes !== undefined && votes.harmless + votes.malicious > 0;
  const parts = [
    ...(reputation === undefined ? [] : [words.score(reputation)]),
    ...(isVoted ? [words.votes(votes)] : []),
  ];
  return text.joined(parts) || undefined;
}
