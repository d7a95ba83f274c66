import { type Content, headLength, readContent } from '../content/content.ts';
import { type Clock, startDeadline } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import { openBody } from './body.ts';
import { broken } from './failures.ts';

/** How long reading the first bytes may take, in ms. */
const peekDeadline = 15_000;

interface Peek {
  url: URL;
  hosts: readonly string[];
  /** The size that the message declared, in bytes; undefined when it declared none. */
  declared: number | undefined;
  clock: Clock;
  signal: AbortSignal;
}

/** Downloads the beginning of a file and returns what kind of content it is. Tries once. Every error is a `Failure`. */
export async function peekAt({ url, hosts, declared, clock, signal }: Peek): Promise<Content> {
  const late = startDeadline(clock, peekDeadline);
  try {
    const asking = { hosts, now: clock.now(), signal: AbortSignal.any([signal, late.signal]), beginning: headLength };
    const { head, size } = await readHead(url, asking);
    const read = async (offset: number, length: number) => head.subarray(offset, offset + length);
    return await readContent(read, size ?? declared ?? Number.MAX_SAFE_INTEGER);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure('download.failed', late.signal.aborted ? 'The host is slow.' : broken(error));
  } finally {
    late.clear();
  }
}

async function readHead(url: URL, asking: Parameters<typeof openBody>[1]) {
  const { stream, length, whole } = await openBody(url, asking);
  const stop = () => stream.destroy(new Error('aborted'));
  asking.signal.addEventListener('abort', stop, { once: true });
  try {
    const pieces: Uint8Array[] = [];
    let read = 0;
    const chunks: AsyncIterable<Uint8Array> = stream;
    for await (const bytes of chunks) {
      pieces.push(bytes);
      read += bytes.length;
      if (read >= headLength) break;
    }
    asking.signal.throwIfAborted();
    return { head: Buffer.concat(pieces).subarray(0, headLength), size: whole ?? length };
  } finally {
    asking.signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}
