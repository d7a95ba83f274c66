import type { Tone } from '../../verdict/word.ts';

/**
 * The emoji for each word, also used as a reaction. Each has its own shape, because not everybody can tell red from green. They
 * do not depend on the language, because a server may change its language between setting a mark and removing it.
 */
const marks: Record<Tone, string> = {
  trusted: '🤝',
  clean: '✅',
  empty: '📭',
  warned: '🟡',
  unknown: '❔',
  unseen: '🆕',
  locked: '🔒',
  failed: '❌',
  misleading: '🎭',
  unwanted: '🔶',
  suspicious: '⚠️',
  malicious: '⛔',
  blocked: '🚫',
};

/** The emoji of a scan that has not settled. */
export const openMark = '⏳';

export const markOf = (tone: Tone): string => marks[tone];
