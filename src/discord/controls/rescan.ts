import { type MessageComponentInteraction, MessageFlags } from 'discord.js';
import { sourceAgain } from '../../scan/identity.ts';
import { reanalysisCost } from '../../scan/limits.ts';
import type { Token } from '../../scan/token.ts';
import type { App } from '../command.ts';
import { Refusal, settledScan } from '../preconditions.ts';
import { accept } from '../requests/accept.ts';

/** Starts a new analysis in a new reply, as private as the one whose button was pressed. The old verdict stays. */
export async function rescan(
  interaction: MessageComponentInteraction,
  { token }: { token: Token },
  app: App,
): Promise<void> {
  const source = sourceAgain(await settledScan(token, app));
  if (!source) throw new Refusal(app.locale.refusals.unknownToken);
  await accept(interaction, app, {
    private: interaction.message.flags.has(MessageFlags.Ephemeral) || undefined,
    wishes: [{ source, mode: 'rescan' }],
    manner: { note: { words: 'rescan', cost: reanalysisCost } },
  });
}
