import type { Facts } from '../verdict/report.ts';
import { baseName, clean } from './lenient.ts';
import type { ObjectBody } from './wire.ts';

const most = { names: 20, tags: 30, sandboxes: 20, yara: 30 };
const longest = { name: 255, tag: 60, sandbox: 60 };

type Attributes = ObjectBody['data']['attributes'];

/** What an object tells beside the engines. `id` is a file's SHA-256, or an address's own. */
export function factsOf({ id, attributes }: ObjectBody['data'], kind: 'file' | 'url'): Facts {
  return {
    type: attributes.type_description,
    threatLabel: attributes.popular_threat_classification?.suggested_threat_label,
    firstSeen: attributes.first_submission_date,
    names: distinct([attributes.meaningful_name, ...attributes.names], most.names, (name) =>
      clean(baseName(name), longest.name),
    ),
    tags: distinct(attributes.tags, most.tags, (tag) => clean(tag, longest.tag)),
    size: attributes.size,
    sha256: kind === 'file' ? id : undefined,
    sha1: attributes.sha1,
    md5: attributes.md5,
    signedBy: signerOf(attributes),
    reputation: attributes.reputation,
    votes: attributes.total_votes,
    sandboxes: sandboxesOf(attributes),
    yara: rulesOf(attributes),
    sigma: attributes.sigma_analysis_stats,
  };
}

/** The first of the chain is who signed; the others vouch for it. */
function signerOf({ signature_info: signature }: Attributes): string | undefined {
  if (signature?.verified !== 'Signed') return undefined;
  return signature.signers?.split(';')[0]?.trim().slice(0, 100) || undefined;
}

function sandboxesOf({ sandbox_verdicts: verdicts }: Attributes): Facts['sandboxes'] {
  const known = Object.entries(verdicts).flatMap(([name, { category: verdict }]) =>
    verdict ? [{ name: clean(name, longest.sandbox) || '?', verdict }] : [],
  );
  return known.length === 0 ? undefined : known.slice(0, most.sandboxes);
}

function rulesOf({ crowdsourced_yara_results: rules }: Attributes): string[] | undefined {
  const names = distinct(
    rules.map((rule) => rule.rule_name),
    most.yara,
    (name) => name,
  );
  return names.length === 0 ? undefined : names;
}

function distinct(values: unknown[], atMost: number, read: (text: string) => string): string[] {
  const texts = values.filter((value) => typeof value === 'string').map(read);
  return [...new Set(texts)].filter((text) => text !== '').slice(0, atMost);
}
