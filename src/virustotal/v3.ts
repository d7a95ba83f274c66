import axios, { type AxiosInstance } from 'axios';
import type { z } from 'zod';
import { type Clock, systemClock } from '../scan/clock.ts';
import { codeOf, Failure } from '../scan/failure.ts';
import { largestFile } from '../scan/limits.ts';
import type { Engine } from '../scan/ports.ts';
import { under, uploadAddress } from './addresses.ts';
import type { Answer, Call } from './call.ts';
import { errorCodeOf, isSuccess, refusal, unreadable } from './errors.ts';
import { bytesOf, openFile } from './file.ts';
import { sender } from './http.ts';
import { fileForm } from './multipart.ts';
import { analysisOf, knowledgeOf, progressOf, usageOf } from './report.ts';
import { analysisSchema, fileSchema, quotasSchema, submittedSchema, uploadUrlSchema } from './wire.ts';

export interface VirusTotalOptions {
  /** Base of the API, its version included. */
  url: string;
  key: string;
  /** Whose quota is read. Without it the key stands in that one address, which is the same to VirusTotal. */
  user?: string;
  http?: AxiosInstance;
  clock?: Clock;
}

/** Above this VirusTotal wants files at an address of their own. It says 32 MB; its own client stops at this. */
const largestDirectUpload = 30 * 1024 * 1024;

/** VirusTotal by its v3 API. It neither waits for quota nor tries again: that is what wraps it. */
export function virusTotalV3(options: VirusTotalOptions): Engine {
  const { url, key, user, http = axios.create(), clock = systemClock } = options;
  const api = new URL(url);
  const send = sender({ key, http, clock });
  const get = (call: Call, path: string[], signal: AbortSignal) => send({ call, url: under(api, ...path), signal });

  return {
    async lookUp(sha256, { signal }) {
      const answer = await get('look-up', ['files', sha256], signal);
      if (answer.status === 404 && errorCodeOf(answer) === 'NotFoundError') return undefined;
      return knowledge('look-up', answer, sha256);
    },

    async upload({ path, size, name, password, sent }, { signal }) {
      if (size > largestFile) throw new Failure('file.tooLarge', `${size} bytes are more than VirusTotal takes`);
      const file = await openFile(path, size);
      try {
        const to = size > largestDirectUpload ? await ownAddress(signal) : under(api, 'files');
        const fields: Record<string, string> = password === undefined ? {} : { password };
        const form = fileForm({ name, size, content: bytesOf(file, size) }, fields, sent);
        const answer = await send({ call: 'upload', url: to, form, signal });
        if (!isSuccess(answer)) throw refusal('upload', answer, { withPassword: password !== undefined });
        return understood('upload', answer, submittedSchema).data.id;
      } finally {
        await file.close();
      }
    },

    async poll({ analysisId, sha256, since }, { signal }) {
      if (analysisId === undefined) {
        const answer = await get('poll', ['files', sha256], signal);
        return progressOf(knowledge('poll', answer, sha256), sha256, since);
      }
      const answer = await get('poll', ['analyses', analysisId], signal);
      return analysisOf(understood('poll', answer, analysisSchema), sha256, since);
    },

    async usage(signal) {
      const call = 'question for the quota';
      const answer = await get(call, ['users', user ?? key, 'overall_quotas'], signal);
      if (isSuccess(answer)) {
        const quotas = quotasSchema.safeParse(answer.body).data;
        return quotas && usageOf(quotas);
      }
      const failure = refusal(call, answer);
      if (['engine.badKey', 'engine.unavailable'].includes(codeOf(failure))) throw failure;
      return undefined;
    },

    uploadCost: (size) => (size > largestDirectUpload ? 2 : 1),
  };

  async function ownAddress(signal: AbortSignal): Promise<URL> {
    const call = 'question for an upload address';
    const answer = await get(call, ['files', 'upload_url'], signal);
    const address = uploadAddress(understood(call, answer, uploadUrlSchema).data, api);
    if (!address) throw unreadable(call, 'the address is not one of VirusTotal');
    return address;
  }
}

function knowledge(call: Call, answer: Answer, sha256: string) {
  const file = understood(call, answer, fileSchema);
  const { id = sha256 } = file.data;
  if (id !== sha256.toLowerCase()) throw unreadable(call, 'it is about another file');
  return knowledgeOf(file, sha256);
}

function understood<Body>(call: Call, answer: Answer, schema: z.ZodType<Body>): Body {
  if (!isSuccess(answer)) throw refusal(call, answer);
  const body = schema.safeParse(answer.body);
  if (!body.success) throw unreadable(call, 'it has not the shape that it should have');
  return body.data;
}
