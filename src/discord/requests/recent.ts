import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import { toneOf } from '../../verdict/verdict.ts';
import { markOf, openMark } from '../cards/mark.ts';
import { judgedViews } from '../cards/views.ts';
import { plainName } from '../cards/wording.ts';
import type { App } from '../command.ts';

/** Discord takes so many suggestions. */
const mostChoices = 25;
/** So many of the newest scans are looked through by name. */
const mostRead = 50;
/** Beside mark and time: Discord takes 100 characters. */
const longestName = 60;

/** The recent scans of whoever types, by name: each stands for its token. Nobody sees those of others. */
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
