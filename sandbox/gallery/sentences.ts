import type { Locale } from '../../src/locales/en-US.ts';
import { samples } from './samples.ts';

/** A sentence of a locale as it is said with one of its samples. */
export interface Sentence {
  /** "card.engines": where it stands in the locale. */
  path: string;
  /** Which of its samples it was given, from 0. */
  sample: number;
  /** The texts among its arguments. */
  given: string[];
  said: string;
}

/** Every sentence of a locale, once for each of its samples. */
export const sentencesOf = (locale: Locale): Sentence[] => Array.from(walk(locale, samples, ''));

function* walk(words: unknown, given: unknown, path: string): Generator<Sentence> {
  if (typeof words === 'string') yield { path, sample: 0, given: [], said: words };
  else if (typeof words === 'function') {
    if (!Array.isArray(given)) throw new Error(`${path} has no sample`);
    for (const [sample, values] of given.entries()) {
      const texts = textsIn(values);
      for (const one of walk(Reflect.apply(words, undefined, values), undefined, path))
        yield { ...one, sample, given: texts };
    }
  } else if (typeof words === 'object' && words !== null)
    for (const [key, inner] of Object.entries(words))
      yield* walk(inner, partOf(given, key), path ? `${path}.${key}` : key);
}

const partOf = (given: unknown, key: string): unknown =>
  typeof given === 'object' && given !== null ? new Map(Object.entries(given)).get(key) : undefined;

function textsIn(values: unknown): string[] {
  if (typeof values === 'string') return [values];
  return typeof values === 'object' && values !== null ? Object.values(values).flatMap(textsIn) : [];
}
