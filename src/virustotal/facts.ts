import type { Facts } from '../verdict/report.ts';
import { baseName, clean } from './lenient.ts';
import { stateOf } from './signature.ts';
import type { ObjectBody } from './wire.ts';

const most = { names: 20, tags: 30, sandboxes: 10, yara: 10, titles: 5, distributors: 5, families: 5, malwareNames: 3 };
const longest = { name: 255, tag: 60, sandbox: 60, distributor: 60, malwareName: 60, signer: 100 };

type Attributes = ObjectBody['data']['attributes'];

/** Returns what an object says besides the engines' answers. `id` is a file's SHA-256, or an address's id. */
export function factsOf({ id, attributes }: ObjectBody['data'], kind: 'file' | 'url'): Facts {
  const { threat_severity: threat, known_distributors: distribution } = attributes;
  return {
    type: attributes.type_description,
    typeTag: attributes.type_tag,
    threatLabel: attributes.popular_threat_classification?.suggested_threat_label,
    // Most reports without a severity also say "none", with this description.
    severity: threat?.level_description === 'No severity score data' ? undefined : threat?.threat_severity_level,
    firstSeen: attributes.first_submission_date,
    names: distinct([attributes.meaningful_name, ...attributes.names], most.names, (name) =>
      clean(baseName(name), longest.name),
    ),
    tags: distinct(attributes.tags, most.tags, (tag) => clean(tag, longest.tag)),
    size: attributes.size,
    sha256: kind === 'file' ? id : undefined,
    sha1: attributes.sha1,
    md5: attributes.md5,
    signature: signatureOf(attributes),
    distributors: filled(
      distinct(distribution?.distributors ?? [], most.distributors, (name) => clean(name, longest.distributor)),
    ),
    trustedBy: attributes.trusted_verdict?.verdict === 'goodware' ? attributes.trusted_verdict.organization : undefined,
    nsrl: isInNsrl(attributes) || undefined,
    reputation: attributes.reputation,
    votes: attributes.total_votes,
    sandboxes: sandboxesOf(attributes),
    malwareFamilies: filled(
      distinct(
        attributes.malware_config?.families.map((one) => one?.family),
        most.families,
      ),
    ),
    yara: filled(
      distinct(
        attributes.crowdsourced_yara_results.map((rule) => rule?.rule_name),
        most.yara,
      ),
    ),
    sigma: sigmaOf(attributes),
    intrusions: intrusionsOf(attributes),
    bundle: bundleOf(attributes),
    gti: assessmentOf(attributes),
    counted: countedIn(attributes),
    finalUrl: kind === 'url' ? attributes.last_final_url : undefined,
    pageTitle: kind === 'url' ? attributes.title : undefined,
  };
}

/** The first signer signed the file. The others are its certificate chain. */
function signatureOf({ signature_info: signature, tags }: Attributes): Facts['signature'] {
  const state = stateOf(signature?.verified, tags);
  return state && { state, signer: signature?.signers?.split(';')[0]?.trim().slice(0, longest.signer) || undefined };
}

/** After dropping `nsrl_info`, VirusTotal listed the library among the sources of distributors. The tag is older. */
function isInNsrl({ known_distributors: distribution, tags }: Attributes): boolean {
  const isSource = (source: unknown) => typeof source === 'string' && source.includes('NSRL');
  return tags.includes('nsrl') || distribution?.data_sources.some(isSource) === true;
}

const sandboxWeight = { malicious: 0, suspicious: 1, harmless: 2, undetected: 2 };

/** Puts the bad verdicts first, so that none of them is cut off. */
function sandboxesOf({ sandbox_verdicts: verdicts }: Attributes): Facts['sandboxes'] {
  const known = Object.entries(verdicts).flatMap(([name, said]) => {
    if (!said?.category) return [];
    const names = distinct(said.malware_names, most.malwareNames, (one) => clean(one, longest.malwareName));
    const sandbox = { name: clean(name, longest.sandbox) || '?', verdict: said.category };
    return [names.length === 0 ? sandbox : { ...sandbox, names }];
  });
  const sorted = known.toSorted((a, b) => sandboxWeight[a.verdict] - sandboxWeight[b.verdict]);
  return filled(sorted.slice(0, most.sandboxes));
}

function sigmaOf({ sigma_analysis_stats: counts, sigma_analysis_results: rules }: Attributes): Facts['sigma'] {
  const titles = (level: string) => rules.filter((rule) => rule?.rule_level === level).map((rule) => rule?.rule_title);
  return counts && { ...counts, titles: distinct([...titles('critical'), ...titles('high')], most.titles) };
}

function intrusionsOf({ crowdsourced_ids_stats: counts, crowdsourced_ids_results: alerts }: Attributes) {
  const high = alerts.filter((alert) => alert?.alert_severity === 'high').map((alert) => alert?.rule_msg);
  return counts && { ...counts, titles: distinct(high, most.titles) };
}

/** VirusTotal's names of executable types. The first one that a bundle contains is reported. */
const programs = ['Portable Executable', 'ELF', 'Mach-O', 'DEX', 'Java Bytecode'];

function bundleOf({ bundle_info: bundle }: Attributes): Facts['bundle'] {
  if (bundle?.num_children === undefined) return undefined;
  return { files: bundle.num_children, worst: programs.find((type) => Object.hasOwn(bundle.file_types, type)) };
}

function countedIn({ last_analysis_stats: statistics }: Attributes): Facts['counted'] {
  if (!statistics) return undefined;
  const engines = Object.values(statistics).reduce((sum, count) => sum + count, 0);
  return { flagged: (statistics.malicious ?? 0) + (statistics.suspicious ?? 0), engines };
}

type Assessment = NonNullable<Facts['gti']>;

const assessedAs: Readonly<Record<string, Assessment['verdict']>> = {
  VERDICT_MALICIOUS: 'malicious',
  VERDICT_SUSPICIOUS: 'suspicious',
  VERDICT_UNDETECTED: 'undetected',
  VERDICT_HARMLESS: 'harmless',
  VERDICT_BENIGN: 'harmless',
};

function assessmentOf({ gti_assessment: assessment }: Attributes): Facts['gti'] {
  if (!assessment?.verdict && !assessment?.threat_score) return undefined;
  const word = assessment.verdict?.value ?? '';
  const verdict = (Object.hasOwn(assessedAs, word) && assessedAs[word]) || 'unknown';
  return { verdict, severity: assessment.severity?.value, score: assessment.threat_score?.value };
}

const same = (text: string) => text;

function distinct(values: readonly unknown[] = [], atMost: number, read: (text: string) => string = same): string[] {
  const texts = values.filter((value) => typeof value === 'string').map(read);
  return [...new Set(texts)].filter((text) => text !== '').slice(0, atMost);
}

/** The list, or undefined if it is empty. */
const filled = <Item>(list: Item[]) => (list.length === 0 ? undefined : list);
