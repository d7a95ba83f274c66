/**
 * What VirusTotal may say of a file beside the engines; also words of a content's marker line, so that a line
 * `vtscan-sandbox: one-detection distributor` gives a known product with a false alarm.
 */
export const findings = [
  'signed',
  'revoked-signature',
  'distributor',
  'intrusions',
  'bad-votes',
  'sandbox-malicious',
  'sigma',
  'malware-config',
  'assessed',
] as const;
export type Finding = (typeof findings)[number];

interface Found {
  tags?: string[];
  attributes: Record<string, unknown>;
}

const signer = 'Example Software Ltd';
const signatureInfo = (verified: string) => ({
  verified,
  signers: `${signer}; Example Code Signing CA; Example Root CA`,
  'signing date': '06:48 AM 08/24/2022',
  product: 'Example Player',
  description: 'Example Player Setup',
  'file version': '4.2.0.1',
});

const alert = (alert_severity: string, rule_category: string, rule_msg: string, rule_id: string) => ({
  alert_severity,
  rule_category,
  rule_msg,
  rule_id,
  rule_source: 'Proofpoint Emerging Threats Open',
  rule_url: 'https://rules.emergingthreats.net/',
  alert_context: [{ src_ip: '198.51.100.7', src_port: 80 }],
});

const rule = (rule_level: string, rule_title: string, rule_description: string) => ({
  rule_level,
  rule_title,
  rule_description,
  rule_id: '0328ed59c29ebeee509b67ed087523a3cbfc646542f343aa12f9b1bbd64324fe',
  rule_source: 'Sigma Integrated Rule Set (GitHub)',
  rule_author: 'Example Author',
  match_context: [{ values: { EventID: '4104' } }],
});

/** Shapes as in captured bodies, made-up contents. The assessment's shape is Google's documentation. */
const found: Record<Finding, Found> = {
  signed: { tags: ['signed'], attributes: { signature_info: signatureInfo('Signed') } },
  'revoked-signature': {
    tags: ['signed', 'revoked-cert'],
    attributes: { signature_info: signatureInfo('A certificate was explicitly revoked by its issuer.') },
  },
  distributor: {
    tags: ['known-distributor', 'legit'],
    attributes: {
      known_distributors: {
        distributors: ['Example Linux'],
        filenames: ['keyboard-tool.exe'],
        products: ['Example Linux 12'],
        data_sources: ['National Software Reference Library (NSRL)'],
      },
    },
  },
  intrusions: {
    attributes: {
      crowdsourced_ids_stats: { high: 3, medium: 1, low: 0, info: 0 },
      crowdsourced_ids_results: [
        alert('high', 'A Network Trojan was detected', 'ET MALWARE Example Loader Check-in', '1:2000001'),
        alert('high', 'A Network Trojan was detected', 'ET MALWARE Example Loader Check-in', '1:2000001'),
        alert('high', 'Exploit Kit Activity Detected', 'ET EXPLOIT_KIT Example Redirector', '1:2000002'),
        alert('medium', 'Potentially Bad Traffic', 'ET INFO Example Download', '1:2000003'),
      ],
    },
  },
  'bad-votes': { attributes: { reputation: -357, total_votes: { harmless: 7, malicious: 32 } } },
  'sandbox-malicious': {
    attributes: {
      sandbox_verdicts: {
        Zenbox: {
          category: 'malicious',
          confidence: 68,
          sandbox_name: 'Zenbox',
          malware_classification: ['MALWARE', 'TROJAN'],
          malware_names: ['ExampleLoader'],
        },
        C2AE: { category: 'undetected', sandbox_name: 'C2AE', malware_classification: ['UNKNOWN_VERDICT'] },
      },
    },
  },
  sigma: {
    attributes: {
      sigma_analysis_stats: { critical: 0, high: 1, medium: 1, low: 0 },
      sigma_analysis_results: [
        rule('high', 'Example Token Obfuscation', 'Detects obfuscated tokens'),
        rule('medium', 'Example Scheduled Task', 'Detects a task that runs at every start'),
      ],
    },
  },
  'malware-config': { attributes: { malware_config: { families: [{ family: 'examplerat', configs: [] }] } } },
  assessed: {
    attributes: {
      gti_assessment: {
        verdict: { value: 'VERDICT_MALICIOUS' },
        severity: { value: 'SEVERITY_HIGH' },
        threat_score: { value: 90 },
        contributing_factors: { gti_confidence_score: 90 },
        description: 'This indicator is malicious.',
      },
    },
  },
};

/** Only tools that name themselves by the header `x-tool` get the assessment. */
export function foundIn(kinds: readonly Finding[], isNamed: boolean): Required<Found> {
  const given = kinds.filter((kind) => kind !== 'assessed' || isNamed).map((kind) => found[kind]);
  return {
    tags: [...new Set(given.flatMap(({ tags = [] }) => tags))],
    attributes: Object.assign({}, ...given.map(({ attributes }) => attributes)),
  };
}
