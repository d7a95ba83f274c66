import type { IncomingMessage } from 'node:http';

const longestForm = 64 * 1024;

/** The fields of a form-encoded body; undefined for one that is too long. */
export async function readFields(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > longestForm) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
