import { commands } from './commands.ts';
import type { Group } from './exhibit.ts';
import { alerts, letters, questions } from './moderation.ts';
import { failures, replies, verdicts, waits } from './replies.ts';
import { panels, setUp } from './settings.ts';
import { terminal } from './terminal.ts';

/** All that the bot shows, in each language as it would look. */
export const groups: readonly Group[] = [
  verdicts,
  waits,
  failures,
  replies,
  alerts,
  questions,
  letters,
  panels,
  setUp,
  commands,
  terminal,
];
