/** Bytes at hand, a file on disk, or made as they are read, so that a file of 500 MB takes no memory. */
export type Content =
  | string
  | Uint8Array
  | { path: string }
  | { size: number; chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array> };

/** What the CDN does instead of serving an attachment; `times` counts the requests that meet it, without it all do. */
export type Misbehaviour = { times?: number } & (
  | { kind: 'status'; status: number }
  | { kind: 'endless' }
  | { kind: 'stall' | 'cut'; afterBytes: number }
  | { kind: 'redirect'; to: string }
);

/** A file as a person attaches it. What Discord says about it (`size`, `contentType`) may be wrong on purpose. */
export interface SandboxFile {
  name: string;
  content: Content;
  title?: string;
  contentType?: string;
  size?: number;
  misbehaviour?: Misbehaviour;
}

export interface StoredFile {
  /** Below the CDN's address, percent-encoded. */
  path: string;
  content: Content;
  contentType: string | undefined;
  misbehaviour: Misbehaviour | undefined;
}
