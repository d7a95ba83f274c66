import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { allowances, overallQuotas, userReport } from './account.ts';
import { admitUpload, askUploadUrl, lookUp, lookUpUrl, poll, reanalyse, reanalyseUrl, submitUrl } from './calls.ts';
import type { Endpoint, EndpointV3, Route } from './endpoints.ts';
import { errorStatus, quotaExceeded } from './errors.ts';
import { readFields } from './fields.ts';
import { seenWith } from './keys.ts';
import { accept, admit } from './model.ts';
import { MultipartError } from './multipart.ts';
import { json, page, type Reply, refused, replyTo } from './reply.ts';
import { analysisReference, analysisReport, fileReport } from './report.ts';
import type { Service } from './service.ts';
import { directLimit, readUpload, TooLargeError, uploadUrlLimit } from './upload.ts';
import { urlAnalysisReport, urlReport } from './url-report.ts';
import { answerV2 } from './v2-answers.ts';

export const apiUrl = (service: Service) => `${service.origin}/api/v3`;
export const apiUrlV2 = (service: Service) => `${service.origin}/vtapi/v2`;

export function answer(service: Service, route: Route, request: IncomingMessage): Promise<Reply> {
  return route.version === 2
    ? answerV2(service, route.endpoint, request)
    : answerV3(seenWith(service, request.headers['x-apikey']), route, request);
}

type RouteV3 = { endpoint: EndpointV3; id: string };

async function answerV3(service: Service, { endpoint, id }: RouteV3, request: IncomingMessage): Promise<Reply> {
  const { model, user } = service;
  const now = service.clock.now();
  const api = apiUrl(service);
  const denied = denial(service, request.headers['x-apikey']);
  if (denied) return denied;
  switch (endpoint) {
    case 'GET /files/{id}':
      return replyTo(lookUp(model, id, now), (file) => fileReport(api, file, now, Boolean(request.headers['x-tool'])));
    case 'POST /files':
      return receive(service, endpoint, request, directLimit);
    case 'GET /files/upload_url':
      return replyTo(askUploadUrl(model, now), () => ({ data: uploadUrl(service) }));
    case 'POST /_ah/upload/{once}':
      return receiveOnce(service, { endpoint, id }, request);
    case 'POST /files/{id}/analyse':
      return replyTo(reanalyse(model, id, now), (analysis) => analysisReference(api, analysis));
    case 'GET /urls/{id}':
      return replyTo(lookUpUrl(model, id, now), (stored) => urlReport(api, stored, now));
    case 'POST /urls': {
      const text = (await readFields(request))?.get('url') ?? '';
      return replyTo(submitUrl(model, text, now), (analysis) => analysisReference(api, analysis));
    }
    case 'POST /urls/{id}/analyse':
      return replyTo(reanalyseUrl(model, id, now), (analysis) => analysisReference(api, analysis));
    case 'GET /analyses/{id}':
      return pollReply(service, id, now);
    case 'GET /users/{id}':
    case 'GET /users/{id}/overall_quotas': {
      admit(model, endpoint, now, true);
      if (id !== user.id && id !== user.key) return refused('NotFoundError', `User "${id}" not found`);
      const quotas = allowances(model.quota, model.options.limits, now);
      return json(endpoint === 'GET /users/{id}' ? userReport(api, user, quotas) : overallQuotas(quotas));
    }
    default:
      return endpoint satisfies never;
  }
}

/** The real service repeats a wrong key in its message too. */
function denial({ user, keyTrouble }: Service, key: string | string[] | undefined): Reply | undefined {
  if (key === undefined || key === '') return refused('AuthenticationRequiredError', 'X-Apikey header is missing');
  if (key !== user.key || keyTrouble === 'WrongCredentialsError') {
    return refused('WrongCredentialsError', `Wrong API key: ${String(key)}`);
  }
  return keyTrouble && refused(keyTrouble, 'User is not active');
}

function uploadUrl({ origin, uploadUrls }: Service): string {
  const once = randomBytes(48).toString('base64url');
  uploadUrls.add(once);
  return `${origin}/_ah/upload/${once}/`;
}

/** The address is used up by an upload that was let in, whatever came of it. */
async function receiveOnce(service: Service, { endpoint, id }: RouteV3, request: IncomingMessage): Promise<Reply> {
  const isUnused = service.uploadUrls.delete(id);
  if (!isUnused) return page('Not Found', 'This upload address is unknown or used up.', 404);
  const reply = await receive(service, endpoint, request, uploadUrlLimit);
  if (reply.status === errorStatus.QuotaExceededError) service.uploadUrls.add(id);
  return reply;
}

async function receive(service: Service, endpoint: Endpoint, request: IncomingMessage, limit: number): Promise<Reply> {
  const { model, clock } = service;
  const arrivedAt = clock.now();
  // Whether the file is new shows only when it has been read; where that matters, it is counted then.
  let cost = model.options.newFilesFree ? 0 : admit(model, endpoint, arrivedAt);
  if (cost === undefined) return replyTo(quotaExceeded, String);
  try {
    const { submission } = await readUpload(request, limit);
    if (model.options.newFilesFree) cost = admitUpload(model, endpoint, submission.file.sha256, arrivedAt);
    if (cost === undefined) return replyTo(quotaExceeded, String);
    return { ...json(analysisReference(apiUrl(service), accept(model, submission, clock.now()))), cost };
  } catch (error) {
    return { ...uploadProblem(error), cost };
  }
}

function uploadProblem(error: unknown): Reply {
  if (error instanceof TooLargeError) return page('Payload Too Large', 'The request was too large.', 413);
  if (error instanceof MultipartError) return refused('BadRequestError', error.message);
  throw error;
}

function pollReply(service: Service, id: string, now: number): Reply {
  const { model, forgetting } = service;
  const polled = poll(model, id, now);
  if (polled.ok && now - polled.value.analysis.startedAt < forgetting.ms) {
    return refused(forgetting.code, `Analysis "${id}" is not available`);
  }
  const api = apiUrl(service);
  return replyTo(polled, ({ analysis, ...of }) =>
    'url' in of ? urlAnalysisReport(api, analysis, of.url, now) : analysisReport(api, analysis, of.file, now),
  );
}
