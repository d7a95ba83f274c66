import {
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { sendable } from '../cards/view.ts';
import type { App } from '../command.ts';
import type { ConfigPress } from '../controls/ids.ts';
import { managedServer, Refusal } from '../preconditions.ts';
import { addFileForm, addFileInputs } from './addFile.ts';
import { allFields, isSection } from './fields.ts';
import { enlist, isFull, isListName, type ListName, longestList, parseSha256, strike } from './lists.ts';
import { type PanelPage, renderPanel, renderReset } from './panel.ts';
import { standingOf } from './standing.ts';
import { troublesOf } from './troubles.ts';

type Asking = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;
type Parts = Pick<App, 'settings' | 'skipped' | 'messageContent' | 'locale'>;

/** Opens the panel, or asks before a reset. */
export async function openPanel(interaction: ChatInputCommandInteraction, reset: boolean, app: Parts): Promise<void> {
  const guild = managedServer(interaction, app.locale);
  const message = reset ? renderReset(app.locale) : await panelOf(interaction, guild, overview, app);
  await interaction.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}

/** Does what a control of the panel says. The permission is checked at each press. */
export async function panel(interaction: MessageComponentInteraction, wanted: ConfigPress, app: Parts): Promise<void> {
  const guild = managedServer(interaction, app.locale);
  const outdated = new Refusal(app.locale.config.outdated);
  const given = interaction.isAnySelectMenu() ? interaction.values : [wanted.value];
  const show = async (place: PanelPage) => {
    await interaction.update(sendable(await panelOf(interaction, guild, place, app)));
  };
  switch (wanted.act) {
    case 'show': {
      const section = wanted.of || (given[0] ?? '');
      if (!isSection(section, app.locale)) throw outdated;
      return show({ section, page: Number(wanted.value) || 0 });
    }
    case 'set': {
      const field = allFields.find(({ name }) => name === wanted.of);
      const known = await app.settings.read(guild);
      if (!field?.write(known, given)) throw outdated;
      await app.settings.change(guild, interaction.user.id, (settings) => field.write(settings, given) ?? settings);
      return show({ section: field.section, page: 0 });
    }
    case 'remove': {
      const list = wanted.of;
      if (!isListName(list)) throw outdated;
      await app.settings.change(guild, interaction.user.id, (settings) => strike(settings, list, given));
      return show({ section: list, page: 0 });
    }
    case 'add':
      if (!isListName(wanted.of)) throw outdated;
      return interaction.showModal(addFileForm(wanted.of, app.locale));
    case 'ask':
      await interaction.update(sendable(renderReset(app.locale)));
      return;
    case 'reset':
      await app.settings.reset(guild, interaction.user.id);
      return show(overview);
    case 'added':
      throw outdated;
    default:
      wanted.act satisfies never;
  }
}

const overview: PanelPage = { section: 'overview', page: 0 };

async function panelOf(interaction: Asking, guild: string, place: PanelPage, app: Parts) {
  const [settings, skipped] = await Promise.all([app.settings.read(guild), app.skipped.of(guild)]);
  const standing = interaction.guild ? standingOf(interaction.guild) : undefined;
  const troubles = troublesOf(settings, standing, app.messageContent);
  return renderPanel(place, { settings, skipped, troubles }, app.locale);
}

/** Adds the file that the panel's form names to a list. */
export async function panelForm(
  interaction: ModalSubmitInteraction,
  { act, of }: ConfigPress,
  app: Parts,
): Promise<void> {
  const guild = managedServer(interaction, app.locale);
  if (act !== 'added' || !isListName(of) || !interaction.isFromMessage()) throw new Refusal(app.locale.config.outdated);
  const { fields, user, createdTimestamp: at } = interaction;
  const { lists } = app.locale.config;
  const sha256 = parseSha256(fields.getTextInputValue(addFileInputs.sha256));
  if (!sha256) throw new Refusal(lists.notASha256);
  if (isFull(await app.settings.read(guild), of)) throw new Refusal(lists.full(longestList));
  const name = fields.getTextInputValue(addFileInputs.name).trim() || sha256.slice(0, 12);
  await app.settings.change(guild, user.id, (settings) => enlist(settings, of, { sha256, name, by: user.id, at }));
  const shown: PanelPage = { section: of satisfies ListName, page: 0 };
  await interaction.update(sendable(await panelOf(interaction, guild, shown, app)));
}
