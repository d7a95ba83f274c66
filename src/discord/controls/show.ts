import type { MessageComponentInteraction } from 'discord.js';
import type { App } from '../command.ts';
import { Refusal } from '../preconditions.ts';

/** Shows the results of a reply that Discord no longer lets the bot edit. */
export async function show(
  interaction: MessageComponentInteraction,
  { reply }: { reply: string },
  { replies, locale }: Pick<App, 'replies' | 'locale'>,
): Promise<void> {
  const shown = await replies.shown(reply);
  if (!shown) throw new Refusal(locale.refusals.unknownToken);
  await replies.show({ interaction, private: true }, shown.tokens, shown);
}
