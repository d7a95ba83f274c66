/** A form that cannot be read; the message says what is wrong with it. */
export class MultipartError extends Error {}

/** A part begins, or more of its content is there. */
export type FormPiece = { part: FormPart } | { data: Buffer };

export interface FormPart {
  name: string;
  filename?: string;
}

const longestHeaders = 16 * 1024;

export function boundaryOf(contentType: string | undefined): string {
  const match = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new MultipartError('The body is not multipart/form-data with a boundary');
  return boundary;
}

/** Reads multipart/form-data (RFC 7578) as it arrives, holding back no more than a delimiter's length. */
export async function* formPieces(body: AsyncIterable<Buffer>, boundary: string): AsyncGenerator<FormPiece> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let inside: 'preamble' | 'content' | 'headers' = 'preamble';
  // The first delimiter stands at the very start, without the line break that all others have.
  let pending: Buffer = Buffer.from('\r\n');
  for await (const chunk of body) {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      if (inside === 'headers') {
        if (pending.length >= 2 && pending.subarray(0, 2).equals(Buffer.from('--'))) return;
        const end = pending.indexOf('\r\n\r\n');
        if (end < 0 && pending.length > longestHeaders) throw new MultipartError("A part's headers are too long");
        if (end < 0) break;
        yield { part: formPart(pending.subarray(0, end).toString('utf8')) };
        pending = pending.subarray(end + 4);
        inside = 'content';
      }
      const at = pending.indexOf(delimiter);
      const length = at < 0 ? Math.max(0, pending.length - delimiter.length + 1) : at;
      if (inside === 'content' && length > 0) yield { data: pending.subarray(0, length) };
      pending = pending.subarray(at < 0 ? length : at + delimiter.length);
      if (at < 0) break;
      inside = 'headers';
    }
  }
  throw new MultipartError('The form ends before its last boundary');
}

function formPart(headers: string): FormPart {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1];
  if (disposition === undefined) throw new MultipartError('A part has no Content-Disposition: form-data');
  const unquoted = disposition.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (/filename\*\s*=/i.test(unquoted)) throw new MultipartError('A part has filename*, which is not supported');
  const name = parameter(disposition, 'name');
  if (name === undefined) throw new MultipartError('A part has no name');
  const filename = parameter(disposition, 'filename');
  return filename === undefined ? { name } : { name, filename };
}

function parameter(disposition: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|[;\\s])${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition);
  return match?.[1]?.replace(/\\(["\\])/g, '$1').replaceAll('%22', '"');
}
