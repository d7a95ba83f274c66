import axios from 'axios';
import type { z } from 'zod';
import { inquiryKey } from '../inquiry/inquiry.ts';
import type { Subject } from '../inquiry/subject.ts';
import { systemClock } from '../scan/clock.ts';
import { codeOf, Failure } from '../scan/failure.ts';
import { largestFile } from '../scan/limits.ts';
import type { Engine } from '../scan/ports.ts';
import { under, uploadAddress } from './addresses.ts';
import type { Answer, Call } from './answers.ts';
import { errorCodeOf, isSuccess, refusal, understood, unreadable } from './answers.ts';
import { bytesOf, openFile } from './file.ts';
import { fieldsForm, fileForm } from './forms.ts';
import { sender } from './http.ts';
import type { VirusTotalOptions } from './options.ts';
import { analysisOf, knowledgeOf, progressOf, usageOf } from './report.ts';
import { isAnother } from './subjects.ts';
import { analysisSchema, objectSchema, quotasSchema, submittedSchema, uploadUrlSchema } from './wire.ts';

/** VirusTotal wants larger files at a special address. Its documentation says 32 MB, its own client uses this limit. */
const largestDirectUpload = 30 * 1024 * 1024;

/** Shared, because there may be thousands of keys. */
const plain = axios.create();

/** VirusTotal through its v3 API. It neither waits for quota nor tries again: its wrappers do. */
export function virusTotalV3(options: VirusTotalOptions): Engine {
  const { url, key, user, http = plain, clock = systemClock } = options;
  const api = new URL(url);
  // VirusTotal gives its own assessment, `gti_assessment`, only to tools that name themselves.
  const send = sender({ headers: { 'X-Apikey': key, 'X-Tool': 'vtscan' }, http, clock });
  const get = (call: Call, path: string[], signal: AbortSignal) => send({ call, url: under(api, ...path), signal });

  return {
    async lookUp(subject, { signal }) {
      const answer = await get('look-up', pathOf(subject), signal);
      return isUnknown(answer) ? undefined : knowledge('look-up', answer, subject);
    },

    async upload({ path, size, sha256, name, password, ready, sent }, { signal }) {
      if (size > largestFile) throw new Failure('file.tooLarge', `${size} bytes are more than VirusTotal takes`);
      await ready();
      const file = await openFile(path, size);
      try {
        const to = size > largestDirectUpload ? await ownAddress(signal) : under(api, 'files');
        const fields: Record<string, string> = password === undefined ? {} : { password };
        const form = fileForm({ name, size, content: bytesOf(file, { size, sha256 }) }, fields, sent);
        const answer = await send({ call: 'upload', url: to, form, signal });
        if (!isSuccess(answer)) throw refusal('upload', answer, { withPassword: password !== undefined });
        return read('upload', answer, submittedSchema).data.id;
      } finally {
        await file.close();
      }
    },

    async submit(subject, { signal }) {
      const path = subject.kind === 'url' ? ['urls'] : [...pathOf(subject), 'analyse'];
      const form = fieldsForm(subject.kind === 'url' ? { url: subject.url } : {});
      const answer = await send({ call: 'submission', url: under(api, ...path), form, signal });
      if (isUnknown(answer)) throw new Failure('engine.unseen', 'VirusTotal has not what it was to analyse again');
      return read('submission', answer, submittedSchema).data.id;
    },

    async poll({ key: inquiry, analysisId, subject, since }, { signal }) {
      if (analysisId === undefined) {
        const answer = await get('poll', pathOf(subject), signal);
        return progressOf(knowledge('poll', answer, subject), subject, since);
      }
      const answer = await get('poll', ['analyses', analysisId], signal);
      const body = read('poll', answer, analysisSchema);
      // With a password, the analysis is about the archive's content.
      const own = inquiry === inquiryKey(subject);
      if (own && isAnother(subject, [body.meta?.file_info?.sha256]))
        throw unreadable('poll', 'it is about another file');
      return analysisOf(body, subject, since);
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
    const address = uploadAddress(read(call, answer, uploadUrlSchema).data, api);
    if (!address) throw unreadable(call, 'the address is not one of VirusTotal');
    return address;
  }
}

/** An address is named by its base64 form, so no canonical form is needed. */
function pathOf(subject: Subject): string[] {
  return subject.kind === 'file' ? ['files', subject.hash] : ['urls', Buffer.from(subject.url).toString('base64url')];
}

const isUnknown = (answer: Answer) => answer.status === 404 && errorCodeOf(answer) === 'NotFoundError';

function knowledge(call: Call, answer: Answer, subject: Subject) {
  const object = read(call, answer, objectSchema);
  const { id, attributes } = object.data;
  if (isAnother(subject, [id, attributes.sha1, attributes.md5])) throw unreadable(call, 'it is about another file');
  return knowledgeOf(object, subject);
}

function read<Body>(call: Call, answer: Answer, schema: z.ZodType<Body>): Body {
  if (!isSuccess(answer)) throw refusal(call, answer);
  return understood(call, answer, schema);
}
