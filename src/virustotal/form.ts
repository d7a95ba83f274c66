/** The body of a request: multipart/form-data that is never in memory as a whole, or a few fields. */
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
