import type { IncomingMessage } from 'node:http';
import { addressOf } from './address.ts';
import type { EndpointV2 } from './endpoints.ts';
import { readFields } from './fields.ts';
import { seenWith } from './keys.ts';
import { accept, admit, findFile } from './model.ts';
import { MultipartError } from './multipart.ts';
import { json, page, type Reply } from './reply.ts';
import type { Service } from './service.ts';
import { directLimit, readUpload, TooLargeError } from './upload.ts';
import { acceptUrl, findAddress } from './urls.ts';
import { fileQueuedV2, reportV2, unknownV2, urlQueuedV2 } from './v2-report.ts';

/** Without a body, as the service says that the quota is used up, and that it does not know the key. */
const empty = (status: 204 | 403): Reply => ({ status, type: 'text/html; charset=utf-8', body: '' });
const badRequest = page('Bad Request', 'A field is missing or odd.', 400);

/** The v2 API: everything is a form, and the key one of its fields. */
export async function answerV2(service: Service, endpoint: EndpointV2, request: IncomingMessage): Promise<Reply> {
  if (endpoint === 'POST /v2/file/scan') return scanFile(service, request);
  const fields = await readFields(request);
  const key = fields?.get('apikey');
  if (!hasKey(service, key)) return empty(403);
  const { model, clock } = seenWith(service, key);
  const now = clock.now();
  const asked = fields?.get(endpoint === 'POST /v2/url/scan' ? 'url' : 'resource');
  if (!asked) return badRequest;
  const cost = admit(model, endpoint, now);
  if (cost === undefined) return empty(204);

  switch (endpoint) {
    case 'POST /v2/file/report': {
      const file = findFile(model, hashIn(asked));
      return { ...json(file ? reportV2(file, asked, now) : unknownV2(asked)), cost };
    }
    case 'POST /v2/url/report': {
      const url = model.urls.get(hashIn(asked)) ?? findAddress(model, asked);
      return { ...json(url ? reportV2(url, asked, now) : unknownV2(asked)), cost };
    }
    case 'POST /v2/url/scan': {
      const address = addressOf(asked);
      const analysis = address && acceptUrl(model, address, now);
      const stored = address && model.urls.get(address.id);
      if (!analysis || !stored) {
        return { ...json({ response_code: -1, resource: asked, verbose_msg: 'Invalid URL' }), cost };
      }
      return { ...json(urlQueuedV2(stored, analysis)), cost };
    }
    default:
      return endpoint satisfies never;
  }
}

async function scanFile(service: Service, request: IncomingMessage): Promise<Reply> {
  try {
    const { submission, fields } = await readUpload(request, directLimit);
    const key = fields.get('apikey');
    if (!hasKey(service, key)) return empty(403);
    const { model, clock } = seenWith(service, key);
    const cost = admit(model, 'POST /v2/file/scan', clock.now());
    if (cost === undefined) return empty(204);
    const analysis = accept(model, submission, clock.now());
    const file = findFile(model, analysis.sha256);
    return file ? { ...json(fileQueuedV2(file, analysis)), cost } : badRequest;
  } catch (error) {
    if (error instanceof TooLargeError) return page('Payload Too Large', 'The request was too large.', 413);
    if (error instanceof MultipartError) return badRequest;
    throw error;
  }
}

function hasKey(service: Service, key: string | null | undefined): boolean {
  const { user, keyTrouble } = seenWith(service, key);
  return key === user.key && keyTrouble === undefined;
}

/** Of a hash, or of a scan's id. */
const hashIn = (resource: string) => resource.toLowerCase().replace(/-\d+$/, '');
