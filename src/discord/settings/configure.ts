import {
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { sendable } from '../cards/sendable.ts';
import type { App } from '../command.ts';
import type { ConfigPress } from '../controls/components.ts';
import { addFileForm, addFileInputs } from './addFile.ts';
import { allFields, isSection } from './fields.ts';
import { enlist, isFull, isListName, type ListName, longestList, parseSha256, strike } from './lists.ts';
import { type Place, renderPanel, renderReset } from './panel.ts';
import { standingOf } from './standing.ts';
import { troublesOf } from './troubles.ts';

type Used = MessageComponentInteraction | ModalSubmitInteraction;
type Asking = ChatInputCommandInteraction | Used;

/** Opens the panel, or asks before a reset. */
export async function openPanel(interaction: ChatInputCommandInteraction, reset: boolean, app: App): Promise<void> {
  const guild = await permitted(interaction, app);
  if (!guild) return;
  const message = reset ? renderReset(app.locale) : await panelOf(interaction, guild, overview, app);
  await interaction.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}

/** What a control of the panel does, for whoever still may: the one who presses is asked for the permission each time. */
export async function pressPanel(interaction: Used, wanted: ConfigPress, app: App): Promise<void> {
  const guild = await permitted(interaction, app);
  if (!guild) return;
  if (interaction.isModalSubmit()) return submitted(interaction, guild, wanted, app);

  const given = interaction.isAnySelectMenu() ? interaction.values : [wanted.value];
  const show = async (place: Place) => {
    await interaction.update(sendable(await panelOf(interaction, guild, place, app)));
  };
  switch (wanted.act) {
    case 'show': {
      const section = wanted.of || (given[0] ?? '');
      return isSection(section, app.locale)
        ? show({ section, page: Number(wanted.value) || 0 })
        : outdated(interaction, app);
    }
    case 'set': {
      const field = allFields.find(({ name }) => name === wanted.of);
      const known = await app.settings.read(guild);
      if (!field?.write(known, given)) return outdated(interaction, app);
      await app.settings.change(guild, interaction.user.id, (settings) => field.write(settings, given) ?? settings);
      return show({ section: field.section, page: 0 });
    }
    case 'remove': {
      const list = wanted.of;
      if (!isListName(list)) return outdated(interaction, app);
      await app.settings.change(guild, interaction.user.id, (settings) => strike(settings, list, given));
      return show({ section: list, page: 0 });
    }
    case 'add':
      if (!isListName(wanted.of)) return outdated(interaction, app);
      return interaction.showModal(addFileForm(wanted.of, app.locale));
    case 'ask':
      await interaction.update(sendable(renderReset(app.locale)));
      return;
    case 'reset':
      await app.settings.reset(guild, interaction.user.id);
      return show(overview);
    case 'added':
      return outdated(interaction, app);
    default:
      wanted.act satisfies never;
  }
}

const overview: Place = { section: 'overview', page: 0 };

/** The server whose settings these are; undefined after a refusal in words. */
async function permitted(interaction: Asking, { locale }: App): Promise<string | undefined> {
  if (!interaction.inGuild()) await refuse(interaction, locale.config.notHere);
  else if (!interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild))
    await refuse(interaction, locale.config.notAllowed);
  else return interaction.guildId;
  return undefined;
}

async function panelOf(interaction: Asking, guild: string, place: Place, app: App) {
  const [settings, skipped] = await Promise.all([app.settings.read(guild), app.skipped.of(guild)]);
  const standing = interaction.guild ? standingOf(interaction.guild) : undefined;
  const troubles = troublesOf(settings, standing, app.messageContent);
  return renderPanel(place, { settings, skipped, troubles }, app.locale);
}

async function submitted(interaction: ModalSubmitInteraction, guild: string, { act, of }: ConfigPress, app: App) {
  if (act !== 'added' || !isListName(of) || !interaction.isFromMessage()) return outdated(interaction, app);
  const { fields, user, createdTimestamp: at } = interaction;
  const { lists } = app.locale.config;
  const sha256 = parseSha256(fields.getTextInputValue(addFileInputs.sha256));
  if (!sha256) return refuse(interaction, lists.notASha256);
  if (isFull(await app.settings.read(guild), of)) return refuse(interaction, lists.full(longestList));
  const name = fields.getTextInputValue(addFileInputs.name).trim() || sha256.slice(0, 12);
  await app.settings.change(guild, user.id, (settings) => enlist(settings, of, { sha256, name, by: user.id, at }));
  const place: Place = { section: of satisfies ListName, page: 0 };
  await interaction.update(sendable(await panelOf(interaction, guild, place, app)));
}

const outdated = (interaction: Used, { locale }: App) => refuse(interaction, locale.config.outdated);

async function refuse(interaction: Asking, content: string): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
