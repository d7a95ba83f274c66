import { randomBytes } from 'node:crypto';

/** The body of a request: a few fields, or multipart/form-data that is never in memory as a whole. */
export interface Form {
  headers: { 'Content-Type': string; 'Content-Length': string };
  bytes: AsyncIterable<Uint8Array>;
}

/** application/x-www-form-urlencoded. */
export function fieldsForm(fields: Record<string, string>): Form {
  const body = Buffer.from(new URLSearchParams(fields).toString());
  async function* bytes() {
    if (body.length > 0) yield body;
  }
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': `${body.length}` };
  return { headers, bytes: bytes() };
}

export interface FormFile {
  name: string;
  /** The exact number of bytes that `content` yields. */
  size: number;
  content: AsyncIterable<Uint8Array>;
}

/**
 * multipart/form-data, never in memory as a whole. `sent` is called with the number of bytes of the file that the connection
 * has accepted.
 */
export function fileForm(file: FormFile, fields: Record<string, string>, sent: (bytes: number) => void): Form {
  const boundary = `vtscan-${randomBytes(16).toString('hex')}`;
  const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  const before = Buffer.from(
    [
      ...Object.entries(fields).map(([name, value]) => `${part(`name="${name}"`)}\r\n${value}\r\n`),
      // VirusTotal's upload handler fails on the `filename*` form, so names go as raw UTF-8.
      part(`name="file"; filename="${quotable(file.name)}"`),
      'Content-Type: application/octet-stream\r\n\r\n',
    ].join(''),
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* bytes() {
    yield before;
    let given = 0;
    for await (const chunk of file.content) {
      given += chunk.length;
      yield chunk;
      sent(given);
    }
    yield after;
  }

  const length = before.length + file.size + after.length;
  const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': `${length}` };
  return { headers, bytes: bytes() };
}

/** Escapes a name as browsers do, and also backslashes, which some parsers read as escapes. */
function quotable(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get into a header.
  return name.replace(/["\\\u0000-\u001f\u007f]/g, encodeURIComponent) || 'file';
}
