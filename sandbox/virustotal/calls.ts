import { addressOf } from './address.ts';
import type { Analysis } from './analysis.ts';
import type { Endpoint } from './endpoints.ts';
import { type Answer, quotaExceeded, refusal } from './errors.ts';
import type { StoredUrl } from './model.ts';
import { accept, admit, analyse, findFile, type StoredFile, type Submission, type VirusTotalModel } from './model.ts';
import { acceptUrl, analyseUrl, findUrl } from './urls.ts';

// The calls of a client, each counted against the quota: what the HTTP server answers with, and a simulation calls directly.

export function lookUp(model: VirusTotalModel, hash: string, now: number): Answer<StoredFile> {
  const file = findFile(model, hash);
  const cost = admit(model, 'GET /files/{id}', now, isExempt(model, file));
  if (cost === undefined) return quotaExceeded;
  return file ? { ok: true, value: file, cost } : fileNotFound(hash, cost);
}

/** An upload with everything known at once; the server admits first and reads the body afterwards. */
export function upload(model: VirusTotalModel, submission: Submission, now: number): Answer<Analysis> {
  const cost = admitUpload(model, 'POST /files', submission.file.sha256, now);
  return cost === undefined ? quotaExceeded : { ok: true, value: accept(model, submission, now), cost };
}

export function admitUpload(model: VirusTotalModel, endpoint: Endpoint, sha256: string, now: number) {
  return admit(model, endpoint, now, model.options.newFilesFree && findFile(model, sha256) === undefined);
}

export function askUploadUrl(model: VirusTotalModel, now: number): Answer<undefined> {
  const cost = admit(model, 'GET /files/upload_url', now);
  return cost === undefined ? quotaExceeded : { ok: true, value: undefined, cost };
}

/** Analyses again what VirusTotal has; this always costs. */
export function reanalyse(model: VirusTotalModel, hash: string, now: number): Answer<Analysis> {
  const cost = admit(model, 'POST /files/{id}/analyse', now);
  if (cost === undefined) return quotaExceeded;
  const file = findFile(model, hash);
  return file ? { ok: true, value: analyse(model, file, now), cost } : fileNotFound(hash, cost);
}

export function lookUpUrl(model: VirusTotalModel, id: string, now: number): Answer<StoredUrl> {
  const cost = admit(model, 'GET /urls/{id}', now);
  if (cost === undefined) return quotaExceeded;
  const stored = findUrl(model, id);
  return stored ? { ok: true, value: stored, cost } : urlNotFound(id, cost);
}

export function submitUrl(model: VirusTotalModel, text: string, now: number): Answer<Analysis> {
  const cost = admit(model, 'POST /urls', now);
  if (cost === undefined) return quotaExceeded;
  const address = addressOf(text);
  if (!address) return refusal('InvalidArgumentError', 'Unable to canonicalize url', cost);
  return { ok: true, value: acceptUrl(model, address, now), cost };
}

export function reanalyseUrl(model: VirusTotalModel, id: string, now: number): Answer<Analysis> {
  const cost = admit(model, 'POST /urls/{id}/analyse', now);
  if (cost === undefined) return quotaExceeded;
  const stored = findUrl(model, id);
  return stored ? { ok: true, value: analyseUrl(model, stored, now), cost } : urlNotFound(id, cost);
}

/** An analysis and what it is of. */
export type Polled = { analysis: Analysis; file: StoredFile } | { analysis: Analysis; url: StoredUrl };

export function poll(model: VirusTotalModel, analysisId: string, now: number): Answer<Polled> {
  const analysis = model.analyses.get(analysisId);
  const url = analysis?.kind === 'url' ? model.urls.get(analysis.sha256) : undefined;
  const file = analysis?.kind === 'file' ? findFile(model, analysis.sha256) : undefined;
  const cost = admit(model, 'GET /analyses/{id}', now, isExempt(model, file));
  if (cost === undefined) return quotaExceeded;
  if (analysis && file) return { ok: true, value: { analysis, file }, cost };
  if (analysis && url) return { ok: true, value: { analysis, url }, cost };
  return refusal('NotFoundError', `Analysis "${analysisId}" not found`, cost);
}

function fileNotFound(hash: string, cost: number): Answer<never> {
  return refusal('NotFoundError', `File "${hash}" not found`, cost);
}

function urlNotFound(id: string, cost: number): Answer<never> {
  return refusal('NotFoundError', `URL "${id}" not found`, cost);
}

function isExempt(model: VirusTotalModel, file: StoredFile | undefined): boolean {
  return model.options.newFilesFree && file?.isNew === true;
}
