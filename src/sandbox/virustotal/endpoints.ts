/** What the sandbox answers under `/api/v3`, and beside it the single-use upload addresses. */
export type Endpoint =
  | 'GET /files/{id}'
  | 'POST /files'
  | 'GET /files/upload_url'
  | 'POST /_ah/upload/{once}'
  | 'POST /files/{id}/analyse'
  | 'GET /analyses/{id}'
  | 'GET /users/{id}'
  | 'GET /users/{id}/overall_quotas';

export interface Route {
  endpoint: Endpoint;
  id: string;
}

/** The order matters: `upload_url` would be a file id otherwise. */
const routes: readonly [method: string, path: RegExp, Endpoint][] = [
  ['GET', /^\/api\/v3\/files\/upload_url$/, 'GET /files/upload_url'],
  ['GET', /^\/api\/v3\/files\/([^/]+)$/, 'GET /files/{id}'],
  ['POST', /^\/api\/v3\/files$/, 'POST /files'],
  ['POST', /^\/_ah\/upload\/([^/]+)\/?$/, 'POST /_ah/upload/{once}'],
  ['POST', /^\/api\/v3\/files\/([^/]+)\/analyse$/, 'POST /files/{id}/analyse'],
  ['GET', /^\/api\/v3\/analyses\/([^/]+)$/, 'GET /analyses/{id}'],
  ['GET', /^\/api\/v3\/users\/([^/]+)$/, 'GET /users/{id}'],
  ['GET', /^\/api\/v3\/users\/([^/]+)\/overall_quotas$/, 'GET /users/{id}/overall_quotas'],
];

export function findRoute(method: string, path: string): Route | undefined {
  for (const [itsMethod, pattern, endpoint] of routes) {
    const match = method === itsMethod ? pattern.exec(path) : null;
    if (match) return { endpoint, id: decoded(match[1] ?? '') };
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
