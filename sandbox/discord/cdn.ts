import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { byteRange } from './byteRange.ts';
import { sizeOf } from './files.ts';
import { sendText } from './http.ts';
import type { Content, Misbehaviour, StoredFile } from './storedFile.ts';
import type { World } from './world.ts';

/** What Discord's CDN answers for anything that it does not serve, expired links among them. */
const gone = 'This content is no longer available.';

/** Serves the files of a world below `/cdn`, as long as their links are valid. */
export async function serveFile(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.replace(/^\/cdn/, '');
  const file = world.files.get(path.split('/')[3] ?? '');
  if (file?.path !== path || !world.links.isValid(path, url.searchParams)) return sendText(response, 404, gone);
  const misbehaviour = takeMisbehaviour(file);
  if (misbehaviour) return misbehave(misbehaviour, file, response);
  await send(file, request, response);
}

async function send(file: StoredFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const size = sizeOf(file.content);
  const asked = byteRange(request.headers.range, size);
  if (asked === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const { from, to } = asked ?? { from: 0, to: size };
  response.writeHead(asked ? 206 : 200, {
    ...contentHeaders(file, to - from),
    ...(asked && { 'content-range': `bytes ${from}-${to - 1}/${size}` }),
  });
  if (request.method === 'HEAD') response.end();
  else await copy(part(file.content, from, to), response);
}

function contentHeaders(file: StoredFile, length: number) {
  const type = file.contentType ?? 'application/octet-stream';
  return { 'content-type': type, 'content-length': length, 'accept-ranges': 'bytes' };
}

async function misbehave(how: Misbehaviour, file: StoredFile, response: ServerResponse): Promise<void> {
  switch (how.kind) {
    case 'status':
      return sendText(response, how.status, how.status === 404 ? gone : 'The sandbox was told to fail');
    case 'redirect':
      response.writeHead(302, { location: how.to }).end();
      return;
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      return copy(zeros(), response);
    case 'stall':
    case 'cut': {
      response.writeHead(200, contentHeaders(file, sizeOf(file.content)));
      response.flushHeaders();
      for await (const chunk of part(file.content, 0, how.afterBytes)) await written(response, chunk);
      if (how.kind === 'cut') response.destroy();
      return;
    }
    default:
      how satisfies never;
  }
}

function takeMisbehaviour(file: StoredFile): Misbehaviour | undefined {
  const { misbehaviour } = file;
  if (misbehaviour?.times === undefined) return misbehaviour;
  file.misbehaviour = misbehaviour.times > 1 ? { ...misbehaviour, times: misbehaviour.times - 1 } : undefined;
  return misbehaviour.times > 0 ? misbehaviour : undefined;
}

/** A client that leaves in the middle is its own affair. */
async function copy(source: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  await pipeline(Readable.from(source), response).catch(() => {});
}

function written(response: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => response.write(chunk, () => resolve()));
}

/** The bytes from `from` up to, but without, `to`. */
async function* part(content: Content, from: number, to: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of chunksOf(content)) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (piece.length > 0) yield piece;
    at += chunk.length;
    if (at >= to) return;
  }
}

function chunksOf(content: Content): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (typeof content === 'string') return [Buffer.from(content)];
  if (content instanceof Uint8Array) return [content];
  return 'path' in content ? createReadStream(content.path) : content.chunks();
}

async function* zeros(): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(64 * 1024);
  while (true) yield chunk;
}
