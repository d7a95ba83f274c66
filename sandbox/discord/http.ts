import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { refuse } from './errors.ts';
import type { SandboxFile } from './storedFile.ts';

/** Discord documents 25 MiB for the whole request. */
const requestLimit = 25 * 1024 * 1024;
/** Of one file; https://discord.com/developers/docs/reference#uploading-files */
export const attachmentLimit = 10 * 1024 * 1024;

export interface RequestBody {
  /** The JSON body, or the `payload_json` of a multipart one. */
  json: unknown;
  uploads: Map<string, SandboxFile>;
}

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const raw = await readAll(request);
  const type = request.headers['content-type'] ?? '';
  if (raw.length === 0) return { json: undefined, uploads: new Map() };
  if (!type.startsWith('multipart/')) return { json: parseJson(raw.toString()), uploads: new Map() };

  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData().catch(() => {
    throw refuse('invalidJson');
  });
  const uploads = new Map<string, SandboxFile>();
  for (const [field, value] of form) {
    const number = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (number === undefined || typeof value === 'string') continue;
    if (value.size > attachmentLimit) throw refuse('entityTooLarge');
    const content = new Uint8Array(await value.arrayBuffer());
    uploads.set(number, { name: value.name, content, ...(value.type && { contentType: value.type }) });
  }
  const payload = form.get('payload_json');
  return { json: typeof payload === 'string' ? parseJson(payload) : {}, uploads };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    size += bytes.length;
    if (size <= requestLimit) chunks.push(bytes);
  }
  if (size > requestLimit) throw refuse('entityTooLarge');
  return Buffer.concat(chunks);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalidJson');
  }
}
