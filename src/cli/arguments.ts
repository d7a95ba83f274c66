import { readFileSync } from 'node:fs';
import { pathOfBytes } from '../content/path.ts';

/**
 * Returns the words of the command line with all their bytes. Node replaces bytes that are not UTF-8, but Linux still has the
 * originals. Under `npm run` they are lost, because npm passes on what Node gave it.
 */
export function argumentsOf({ argv } = process): string[] {
  const words = argv.slice(2);
  if (!words.some((word) => word.includes('\ufffd'))) return words;
  const whole = namesIn(rawCommandLine()).slice(-words.length);
  const isSame =
    whole.length === words.length && whole.every((word, at) => word === words[at] || /\ufffd/.test(words[at] ?? ''));
  return isSame ? whole : words;
}

function rawCommandLine(): Buffer {
  try {
    return readFileSync('/proc/self/cmdline');
  } catch {
    return Buffer.alloc(0);
  }
}

/** Reads names that each end with a NUL, as `find -print0` prints them. */
export function namesIn(list: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at < list.length; ) {
    const end = list.indexOf(0, at);
    const until = end < 0 ? list.length : end;
    names.push(pathOfBytes(list.subarray(at, until)));
    at = until + 1;
  }
  return names;
}
