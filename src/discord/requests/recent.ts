import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import { toneOf } from '../../verdict/verdict.ts';
import { markOf, openMark } from '../cards/mark.ts';
import { judgedViews } from '../cards/views.ts';
import { plainName } from '../cards/wording.ts';
import type { App } from '../command.ts';

/** Discord's limit for suggestions. */
const mostChoices = 25;
/** How many of the newest scans are searched by name. */
const mostRead = 50;
/** Discord's limit is 100 characters, which the mark and the time share. */
const longestName = 60;

/**
 * Suggests the typing member's own recent scans by name. Each choice stands for a token. Members never see other people's
 * scans.
 */
export async function recentScans(
  interaction: AutocompleteInteraction,
  { scanner, settings, clock, locale: { format, text } }: Pick<App, 'scanner' | 'settings' | 'clock' | 'locale'>,
): Promise<ApplicationCommandOptionChoiceData[]> {
  const typed = interaction.options.getFocused().trim().toLowerCase();
  const scans = await scanner.recentOf(interaction.user.id, mostRead);
  const fitting = scans
    .filter(({ source, token }) => source.name.toLowerCase().includes(typed) || token.startsWith(typed))
    .slice(0, mostChoices);
  const views = await judgedViews(
    fitting.map((scan) => ({ scan, activity: undefined })),
    settings,
  );
  return views.map(({ scan, judgement }) => {
    const mark = judgement ? markOf(toneOf(judgement)) : openMark;
    const name = `${mark} ${text.joined([plainName(scan.source, longestName), format.relative(scan.createdAt - clock.now())])}`;
    return { name, value: scan.token };
  });
}
