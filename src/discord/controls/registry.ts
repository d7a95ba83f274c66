import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import type { App } from '../command.ts';
import { Refusal } from '../preconditions.ts';
import { panel, panelForm } from '../settings/panelControls.ts';
import { details, pick } from './details.ts';
import { detections, page, text } from './detections.ts';
import { forget } from './forget.ts';
import { type CasePress, type Press, parsePress } from './ids.ts';
import { rescan } from './rescan.ts';
import { show } from './show.ts';
import { upload } from './upload.ts';

/** Handles a button or menu. Only whoever used it sees the answer, so that the channel stays quiet. */
type Control<Kind extends Press['kind']> = (
  interaction: MessageComponentInteraction,
  wanted: Extract<Press, { kind: Kind }>,
  app: App,
) => Promise<void>;

const alert = (interaction: MessageComponentInteraction, wanted: CasePress, app: App) =>
  app.alertControls(interaction, wanted);

/** One line per control. The compiler reports a kind of id without a control, and a control without an id. */
const controls: { [Kind in Press['kind']]: Control<Kind> } = {
  details,
  detections,
  page,
  text,
  rescan,
  pick,
  show,
  upload,
  forget,
  case: alert,
  choose: alert,
  sure: alert,
  config: panel,
  setUp: (interaction, wanted, app) => app.setUp.press(interaction, wanted),
};

/** Runs the control whose id was pressed. Throws a `Refusal` for an id of another version. */
export async function press(interaction: MessageComponentInteraction, app: App): Promise<void> {
  const wanted = parsePress(interaction.customId);
  if (!wanted) throw new Refusal(app.locale.refusals.outdated);
  await run(interaction, wanted, app);
}

function run<Kind extends Press['kind']>(
  interaction: MessageComponentInteraction,
  wanted: Extract<Press, { kind: Kind }>,
  app: App,
): Promise<void> {
  const control: Control<Kind> = controls[wanted.kind];
  return control(interaction, wanted, app);
}

/** Handles a form that was submitted. */
export async function submit(interaction: ModalSubmitInteraction, app: App): Promise<void> {
  const wanted = parsePress(interaction.customId);
  if (wanted?.kind !== 'config') throw new Refusal(app.locale.refusals.outdated);
  await panelForm(interaction, wanted, app);
}
