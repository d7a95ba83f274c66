/** What the sandbox answers under `/api/v3`, and beside it the single-use upload addresses. */
export type EndpointV3 =
  | 'GET /files/{id}'
  | 'POST /files'
  | 'GET /files/upload_url'
  | 'POST /_ah/upload/{once}'
  | 'POST /files/{id}/analyse'
  | 'GET /urls/{id}'
  | 'POST /urls'
  | 'POST /urls/{id}/analyse'
  | 'GET /analyses/{id}'
  | 'GET /users/{id}'
  | 'GET /users/{id}/overall_quotas';

/** What it answers under `/vtapi/v2`. */
export type EndpointV2 = 'POST /v2/file/report' | 'POST /v2/file/scan' | 'POST /v2/url/report' | 'POST /v2/url/scan';

export type Endpoint = EndpointV3 | EndpointV2;

export type Route = { version: 3; endpoint: EndpointV3; id: string } | { version: 2; endpoint: EndpointV2 };

/** The order matters: `upload_url` would be a file id otherwise. */
const routes: readonly [method: string, path: RegExp, EndpointV3][] = [
  ['GET', /^\/api\/v3\/files\/upload_url$/, 'GET /files/upload_url'],
  ['GET', /^\/api\/v3\/files\/([^/]+)$/, 'GET /files/{id}'],
  ['POST', /^\/api\/v3\/files$/, 'POST /files'],
  ['POST', /^\/_ah\/upload\/([^/]+)\/?$/, 'POST /_ah/upload/{once}'],
  ['POST', /^\/api\/v3\/files\/([^/]+)\/analyse$/, 'POST /files/{id}/analyse'],
  ['GET', /^\/api\/v3\/urls\/([^/]+)$/, 'GET /urls/{id}'],
  ['POST', /^\/api\/v3\/urls$/, 'POST /urls'],
  ['POST', /^\/api\/v3\/urls\/([^/]+)\/analyse$/, 'POST /urls/{id}/analyse'],
  ['GET', /^\/api\/v3\/analyses\/([^/]+)$/, 'GET /analyses/{id}'],
  ['GET', /^\/api\/v3\/users\/([^/]+)$/, 'GET /users/{id}'],
  ['GET', /^\/api\/v3\/users\/([^/]+)\/overall_quotas$/, 'GET /users/{id}/overall_quotas'],
];

const routesV2: Record<string, EndpointV2> = {
  '/vtapi/v2/file/report': 'POST /v2/file/report',
  '/vtapi/v2/file/scan': 'POST /v2/file/scan',
  '/vtapi/v2/url/report': 'POST /v2/url/report',
  '/vtapi/v2/url/scan': 'POST /v2/url/scan',
};

export function findRoute(method: string, path: string): Route | undefined {
  for (const [itsMethod, pattern, endpoint] of routes) {
    const match = method === itsMethod ? pattern.exec(path) : null;
    if (match) return { version: 3, endpoint, id: decoded(match[1] ?? '') };
  }
  const endpoint = method === 'POST' ? routesV2[path] : undefined;
  return endpoint && { version: 2, endpoint };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
