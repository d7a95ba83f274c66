import axios from 'axios';
import type { Subject } from '../inquiry/subject.ts';
import { systemClock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import { largestFile } from '../scan/limits.ts';
import type { Engine } from '../scan/ports.ts';
import { under } from './addresses.ts';
import type { Answer, Call } from './answers.ts';
import { isSuccess, refusalV2, understood, unreadable } from './answers.ts';
import { bytesOf, openFile } from './file.ts';
import { fieldsForm, fileForm } from './forms.ts';
import { sender } from './http.ts';
import type { VirusTotalOptions } from './options.ts';
import { isAnother } from './subjects.ts';
import { progressV2Of, reportV2Of } from './v2Report.ts';
import { type ReportV2, reportV2Schema, submittedV2Schema } from './v2Wire.ts';

/** file/scan accepts 32 MB. Public keys get no addresses for larger files. */
const largestUpload = 32_000_000;

/** Shared, because there may be thousands of keys. */
const plain = axios.create();

/**
 * VirusTotal by its v2 API. v2 lacks passwords of archives, new analyses of a file with a public key, and the usage of the key.
 * The body contains the key, so that no address does. The engine neither waits for quota nor tries again: its wrappers do.
 */
export function virusTotalV2(options: VirusTotalOptions): Engine {
  const { url, key, http = plain, clock = systemClock } = options;
  const api = new URL(url);
  const send = sender({ headers: {}, http, clock });

  async function post(call: Call, path: string[], fields: Record<string, string>, signal: AbortSignal) {
    return accepted(call, await send({ call, url: under(api, ...path), form: fieldsForm(fields), signal }));
  }

  async function report(call: Call, subject: Subject, resource: string, signal: AbortSignal): Promise<ReportV2> {
    const answer = await post(call, [subject.kind, 'report'], { apikey: key, resource }, signal);
    const body = understood(call, answer, reportV2Schema);
    if (body.response_code === 1 && isAnother(subject, [body.sha256, body.sha1, body.md5])) {
      throw unreadable(call, 'it is about another file');
    }
    return body;
  }

  return {
    async lookUp(subject, { signal }) {
      const found = await report('look-up', subject, nameOf(subject), signal);
      if (found.response_code === 0) return undefined;
      const known = found.response_code === 1 ? reportV2Of(found, subject) : undefined;
      return { report: known && known.engines.length > 0 ? known : undefined, lastSubmitted: undefined };
    },

    async upload({ path, size, sha256, name, password, ready, sent }, { signal }) {
      if (size > largestFile) throw new Failure('file.tooLarge', `${size} bytes are more than VirusTotal takes`);
      if (size > largestUpload) throw new Failure('engine.unsupported', `${size} bytes are more than the v2 API takes`);
      if (password !== undefined) throw new Failure('engine.unsupported', 'the v2 API takes no password of an archive');
      await ready();
      const file = await openFile(path, size);
      try {
        const form = fileForm({ name, size, content: bytesOf(file, { size, sha256 }) }, { apikey: key }, sent);
        const answer = await send({ call: 'upload', url: under(api, 'file', 'scan'), form, signal });
        return idOf('upload', accepted('upload', answer));
      } finally {
        await file.close();
      }
    },

    async submit(subject, { signal }) {
      if (subject.kind === 'file') {
        throw new Failure('engine.unsupported', 'the v2 API analyses files again for private keys only');
      }
      const call = 'submission';
      return idOf(call, await post(call, ['url', 'scan'], { apikey: key, url: subject.url }, signal));
    },

    async poll({ analysisId, subject, since }, { signal }) {
      const answer = await report('poll', subject, analysisId ?? nameOf(subject), signal);
      if (answer.response_code === 0) {
        throw new Failure('engine.notReady', 'VirusTotal does not know what was sent to it yet');
      }
      return progressV2Of(answer, subject, { analysisId, since });
    },

    usage: async () => undefined,
    uploadCost: () => 1,
  };
}

const nameOf = (subject: Subject) => (subject.kind === 'file' ? subject.hash : subject.url);

function accepted(call: Call, answer: Answer): Answer {
  if (!isSuccess(answer) || answer.status === 204) throw refusalV2(call, answer);
  return answer;
}

function idOf(call: Call, answer: Answer): string {
  const { scan_id: id, response_code: code } = understood(call, answer, submittedV2Schema);
  if (id === undefined) throw new Failure('engine.refused', `VirusTotal's answer to the ${call}: code ${code}`);
  return id;
}
