import {
  AttachmentBuilder,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { sendable } from '../cards/view.ts';
import type { App } from '../command.ts';
import type { ConfigPress } from '../controls/ids.ts';
import { Refusal } from '../preconditions.ts';
import type { Row } from './controls.ts';
import { exportFiles } from './export.ts';
import { allFields, isSection } from './fields.ts';
import { addFileForm, addFileInputs, wordsForm, wordsInput } from './forms.ts';
import { keyForm, keyInput, keyTroubles } from './keyPage.ts';
import { enlist, isFull, isListName, longestList, parseSha256, strike } from './lists.ts';
import { renderPreset, undoRow } from './overview.ts';
import { type PanelPage, renderPanel, renderReset } from './panel.ts';
import { isPresetName, presetPart, presets } from './presets.ts';
import { standingOf } from './standing.ts';
import { troublesOf } from './troubles.ts';

type Asking = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;
type Parts = Pick<App, 'settings' | 'panel' | 'skipped' | 'messageContent' | 'setUp' | 'clock' | 'locale'>;

const overview: PanelPage = { section: 'overview', page: 0 };
const keySection: PanelPage = { section: 'key', page: 0 };

/** Opens the panel, or asks for confirmation of a reset. Discord decides who may use the command. */
export async function openPanel(interaction: ChatInputCommandInteraction, reset: boolean, app: Parts): Promise<void> {
  const guild = await app.panel.grants.open(interaction);
  const message = reset ? renderReset(app.locale) : await panelOf(interaction, guild, overview, app);
  await interaction.reply({ ...sendable(message), flags: MessageFlags.Ephemeral });
}

/** Handles the controls of the panel. The permission is checked at each press. */
export async function panel(interaction: MessageComponentInteraction, wanted: ConfigPress, app: Parts): Promise<void> {
  const guild = await app.panel.grants.check(interaction);
  const { settings, locale } = app;
  const who = interaction.user.id;
  const outdated = new Refusal(locale.config.outdated);
  const given = interaction.isAnySelectMenu() ? interaction.values : [wanted.value];
  const show = async (place: PanelPage, more: Row[] = []) => {
    await interaction.update(sendable(await panelOf(interaction, guild, place, app, more)));
  };
  switch (wanted.act) {
    case 'show': {
      const section = wanted.of || (given[0] ?? '');
      if (!isSection(section, locale)) throw outdated;
      return show({ section, page: Number(wanted.value) || 0 });
    }
    case 'set': {
      const field = allFields.find(({ name }) => name === wanted.of);
      if (!field?.write(await settings.read(guild), given)) throw outdated;
      await settings.change(guild, who, (now) => field.write(now, given) ?? now);
      return show({ section: field.section, page: 0 });
    }
    case 'remove': {
      const list = wanted.of;
      if (!isListName(list)) throw outdated;
      await settings.change(guild, who, (now) => strike(now, list, given));
      return show({ section: list, page: 0 });
    }
    case 'add':
      if (!isListName(wanted.of)) throw outdated;
      return interaction.showModal(addFileForm(wanted.of, locale));
    case 'edit': {
      const field = allFields.find(({ name }) => name === wanted.of);
      if (field?.control !== 'words') throw outdated;
      return interaction.showModal(wordsForm(field, await settings.read(guild), locale));
    }
    case 'preset':
      if (!isPresetName(wanted.of)) throw outdated;
      await interaction.update(sendable(renderPreset(wanted.of, await settings.read(guild), locale)));
      return;
    case 'apply': {
      const name = wanted.of;
      if (!isPresetName(name)) throw outdated;
      await app.panel.undo.keep(guild, presetPart(await settings.read(guild)));
      await settings.change(guild, who, (now) => ({ ...now, ...presets[name] }));
      return show(overview, [undoRow(locale)]);
    }
    case 'undo': {
      const before = await app.panel.undo.take(guild);
      if (!before) throw new Refusal(locale.config.presets.nothingToUndo);
      await settings.change(guild, who, (now) => ({ ...now, ...before }));
      return show(overview);
    }
    case 'export':
      return sendExport(interaction, guild, app);
    case 'setUp':
      return app.setUp.open(interaction, guild);
    case 'ask':
      await interaction.update(sendable(renderReset(locale)));
      return;
    case 'reset':
      await settings.reset(guild, who);
      return show(overview);
    case 'key': {
      if (wanted.of === 'enter') return interaction.showModal(keyForm(locale));
      if (wanted.of === 'remove') await app.panel.keys.remove(guild, who);
      else if (wanted.of === 'fallBack') await app.panel.keys.setFallBack(guild, who, wanted.value === 'on');
      else throw outdated;
      return show(keySection);
    }
    case 'added':
    case 'edited':
    case 'keyEntered':
      throw outdated;
    default:
      wanted.act satisfies never;
  }
}

async function panelOf(interaction: Asking, guild: string, place: PanelPage, app: Parts, more: Row[] = []) {
  const { keys } = app.panel;
  const [settings, skipped, changes, key] = await Promise.all([
    app.settings.read(guild),
    app.skipped.of(guild),
    place.section === 'record' ? app.panel.log.of(guild) : [],
    keys.of(guild),
  ]);
  const standing = interaction.guild ? standingOf(interaction.guild) : undefined;
  const keyStanding = { key, lending: keys.lending };
  const troubles = [...troublesOf(settings, standing, app.messageContent), ...keyTroubles(keyStanding, settings)];
  return renderPanel(place, { settings, skipped, troubles, changes, key: keyStanding }, app.locale, more);
}

async function sendExport(interaction: MessageComponentInteraction, guild: string, app: Parts): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { settings, panel: parts, clock, locale } = app;
  const [chosen, changes, record] = await Promise.all([
    settings.read(guild),
    parts.log.of(guild),
    parts.casesOf(guild),
  ]);
  const files = exportFiles({ settings: chosen, changes, ...record }, clock.now()).map(
    ({ name, content }) => new AttachmentBuilder(Buffer.from(content), { name }),
  );
  await interaction.editReply({ content: locale.config.record.exported, files });
}

/** Handles the forms of the panel: a file for a list, a text of the server's, or a key. */
export async function panelForm(interaction: ModalSubmitInteraction, wanted: ConfigPress, app: Parts): Promise<void> {
  const guild = await app.panel.grants.check(interaction);
  if (!interaction.isFromMessage()) throw new Refusal(app.locale.config.outdated);
  if (wanted.act === 'keyEntered') return takeKey(interaction, guild, app);
  const section =
    wanted.act === 'edited' ? await write(interaction, guild, wanted, app) : await add(interaction, guild, wanted, app);
  await interaction.update(sendable(await panelOf(interaction, guild, { section, page: 0 }, app)));
}

/** Deferred, because VirusTotal may take longer than Discord waits. */
async function takeKey(interaction: ModalMessageModalSubmitInteraction, guild: string, app: Parts): Promise<void> {
  await interaction.deferUpdate();
  const typed = interaction.fields.getTextInputValue(keyInput);
  const problem = await app.panel.keys.enter(guild, interaction.user.id, typed);
  if (problem) throw new Refusal(app.locale.config.serverKey.refusals[problem]);
  await interaction.editReply(sendable(await panelOf(interaction, guild, keySection, app)));
}

async function write({ fields, user }: ModalSubmitInteraction, guild: string, { of }: ConfigPress, app: Parts) {
  const field = allFields.find(({ name }) => name === of);
  const given = [fields.getTextInputValue(wordsInput)];
  if (field?.control !== 'words' || !field.write(await app.settings.read(guild), given))
    throw new Refusal(app.locale.config.outdated);
  await app.settings.change(guild, user.id, (now) => field.write(now, given) ?? now);
  return field.section;
}

async function add(
  { fields, user, createdTimestamp: at }: ModalSubmitInteraction,
  guild: string,
  { act, of }: ConfigPress,
  app: Parts,
) {
  const { lists, outdated } = app.locale.config;
  if (act !== 'added' || !isListName(of)) throw new Refusal(outdated);
  const sha256 = parseSha256(fields.getTextInputValue(addFileInputs.sha256));
  if (!sha256) throw new Refusal(lists.notASha256);
  if (isFull(await app.settings.read(guild), of)) throw new Refusal(lists.full(longestList));
  const name = fields.getTextInputValue(addFileInputs.name).trim() || sha256.slice(0, 12);
  await app.settings.change(guild, user.id, (now) => enlist(now, of, { sha256, name, by: user.id, at }));
  return of;
}
