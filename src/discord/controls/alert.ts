import type { MessageComponentInteraction } from 'discord.js';
import type { App } from '../command.ts';
import type { CasePress } from './ids.ts';

/** Carries out an action of an alert: see `moderation/actions/`. */
export const alert = (interaction: MessageComponentInteraction, wanted: CasePress, app: Pick<App, 'alertControls'>) =>
  app.alertControls(interaction, wanted);
