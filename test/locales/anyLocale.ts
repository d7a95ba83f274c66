import fc from 'fast-check';
import { languages, localeOf } from '../../src/locales/languages.ts';

/** Limits hold in every language: properties take one of them at random. */
export const anyLocale = fc.constantFrom(...languages.map(localeOf));
