import type { Disguise } from '../content/disguise.ts';
import type { SubjectKind } from './engineFamilies.ts';
import type { EngineAnswer, Facts } from './report.ts';

/** Everything that a verdict is based on. */
export interface Evidence {
  subject: SubjectKind;
  engines: readonly EngineAnswer[];
  facts?: Facts | undefined;
  /** Whether the engines could look inside. `unsure`: it may be locked. */
  lock: 'open' | 'locked' | 'unsure';
  /** The ways in which its name misleads. */
  disguises: readonly Disguise[];
  /** Of a file, in bytes. */
  size?: number | undefined;
  /** Of a file, in lower case. */
  sha256?: string | undefined;
}
