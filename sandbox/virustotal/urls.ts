import { type Address, addressOf } from './address.ts';
import type { Analysis } from './analysis.ts';
import type { StoredUrl } from './model.ts';
import { durationOf, freeId, sameAnalysisFor, type VirusTotalModel } from './model.ts';

/** By its id, or by the base64 of the address itself. */
export function findUrl(model: VirusTotalModel, id: string): StoredUrl | undefined {
  return model.urls.get(id.toLowerCase()) ?? findAddress(model, Buffer.from(id, 'base64url').toString());
}

export function findAddress(model: VirusTotalModel, text: string): StoredUrl | undefined {
  const address = addressOf(text);
  return address && model.urls.get(address.id);
}

/** Takes an address in and has it analysed; a repetition within ten minutes joins the earlier analysis. */
export function acceptUrl(model: VirusTotalModel, address: Address, now: number): Analysis {
  const stored = model.urls.get(address.id) ?? store(model, address, now);
  stored.lastSubmittedAt = now;
  stored.timesSubmitted += 1;
  return analyseUrl(model, stored, now);
}

export function analyseUrl(model: VirusTotalModel, stored: StoredUrl, now: number): Analysis {
  const earlier = stored.analyses.at(-1);
  return earlier && now - earlier.startedAt < sameAnalysisFor ? earlier : start(model, stored, now);
}

/** Preloads an address that VirusTotal has had for long, analysed at the given time. */
export function rememberUrl(model: VirusTotalModel, address: Address, analysedAt: number): void {
  start(model, store(model, address, analysedAt), analysedAt);
}

function store(model: VirusTotalModel, address: Address, now: number): StoredUrl {
  const stored = { ...address, firstSubmittedAt: now, lastSubmittedAt: now, timesSubmitted: 0, analyses: [] };
  model.urls.set(address.id, stored);
  return stored;
}

function start(model: VirusTotalModel, stored: StoredUrl, now: number): Analysis {
  const { id: sha256, verdict, pace } = stored;
  const analysis: Analysis = {
    id: freeId(model, (second) => `u-${sha256}-${second}`, now),
    kind: 'url',
    sha256,
    startedAt: now,
    duration: durationOf(model, sha256, pace),
    verdict,
    isProgram: false,
    opened: false,
  };
  stored.analyses.push(analysis);
  model.analyses.set(analysis.id, analysis);
  return analysis;
}
