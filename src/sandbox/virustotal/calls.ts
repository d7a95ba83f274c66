import type { Analysis } from './analysis.ts';
import type { Endpoint } from './endpoints.ts';
import { type Answer, quotaExceeded, refusal } from './errors.ts';
import { accept, admit, analyse, findFile, type StoredFile, type Submission, type VirusTotalModel } from './model.ts';

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

/** An analysis and the file that it is of. */
export interface Polled {
  analysis: Analysis;
  file: StoredFile;
}

export function poll(model: VirusTotalModel, analysisId: string, now: number): Answer<Polled> {
  const analysis = model.analyses.get(analysisId);
  const file = analysis && findFile(model, analysis.sha256);
  const cost = admit(model, 'GET /analyses/{id}', now, isExempt(model, file));
  if (cost === undefined) return quotaExceeded;
  if (!file) return refusal('NotFoundError', `Analysis "${analysisId}" not found`, cost);
  return { ok: true, value: { analysis, file }, cost };
}

function fileNotFound(hash: string, cost: number): Answer<never> {
  return refusal('NotFoundError', `File "${hash}" not found`, cost);
}

function isExempt(model: VirusTotalModel, file: StoredFile | undefined): boolean {
  return model.options.newFilesFree && file?.isNew === true;
}
