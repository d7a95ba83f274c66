import type { Tone } from '../../verdict/word.ts';

/**
 * How a scan ended, in one emoji that can be a reaction. Each has a shape of its own: not everybody tells red from green. They
 * are the same in every language, because a mark in one language is taken away in another.
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

/** Of a scan that has not ended. */
export const openMark = '⏳';

export const markOf = (tone: Tone): string => marks[tone];
