import { addressOf } from './address.ts';
import { recognise } from './content.ts';
import type { Finding } from './findings.ts';
import { fingerprint, fingerprintOfHash } from './fingerprint.ts';
import { remember, type VirusTotalModel } from './model.ts';
import { rememberUrl } from './urls.ts';
import type { Verdict } from './verdicts.ts';

/** A file that VirusTotal has before anybody uploads it here. */
export interface KnownFile {
  /** The bytes, or a SHA-256. */
  content: Uint8Array | string;
  /** By the content if not given. */
  verdict?: Verdict;
  /** By the content if not given. */
  findings?: readonly Finding[];
  name?: string;
  /** Start of its last analysis, milliseconds since the epoch; a day ago if not given, now for one that still runs. */
  analysedAt?: number;
  /** A year before the analysis if not given. */
  firstSubmittedAt?: number;
}

const day = 24 * 60 * 60_000;

export function know(model: VirusTotalModel, known: KnownFile, now: number): void {
  const { analysedAt = now - day, firstSubmittedAt = analysedAt - 365 * day, name } = known;
  const { content: bytes } = known;
  const file = typeof bytes === 'string' ? fingerprintOfHash(bytes.toLowerCase()) : fingerprint(bytes);
  const content = recognise(file);
  const { verdict = content.verdict, findings = content.findings } = known;
  const submission = { file, content: { ...content, verdict, findings } };
  const times = { firstSubmitted: firstSubmittedAt, analysed: analysedAt };
  remember(model, name === undefined ? submission : { ...submission, name }, times);
}

/** An address that VirusTotal has before anybody submits it here. */
export interface KnownUrl {
  url: string;
  /** By the host if not given. */
  verdict?: Verdict;
  /** A day ago if not given. */
  analysedAt?: number;
}

export function knowUrl(model: VirusTotalModel, { url, verdict, analysedAt }: KnownUrl, now: number): void {
  const address = addressOf(url);
  if (!address) throw new TypeError(`not a web address: ${url}`);
  rememberUrl(model, { ...address, verdict: verdict ?? address.verdict }, analysedAt ?? now - day);
}
