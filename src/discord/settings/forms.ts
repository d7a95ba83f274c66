import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { configId } from './controls.ts';
import type { NamedField } from './fields.ts';
import type { ListName } from './lists.ts';
import type { GuildSettings } from './settings.ts';

/** The names of its inputs. */
export const addFileInputs = { sha256: 'sha256', name: 'name' };

export const wordsInput = 'words';

/** The form that adds a file to a list. */
export function addFileForm(list: ListName, { config: { lists } }: Locale): APIModalInteractionResponseCallbackData {
  return {
    custom_id: configId('added', list),
    title: lists.addTitle[list],
    components: [
      {
        type: ComponentType.Label,
        label: lists.sha256,
        description: lists.aboutSha256,
        component: {
          type: ComponentType.TextInput,
          custom_id: addFileInputs.sha256,
          style: TextInputStyle.Short,
          required: true,
          max_length: 200,
        },
      },
      {
        type: ComponentType.Label,
        label: lists.name,
        description: lists.aboutName,
        component: {
          type: ComponentType.TextInput,
          custom_id: addFileInputs.name,
          style: TextInputStyle.Short,
          required: false,
          max_length: 100,
        },
      },
    ],
  };
}

/** The form for a text that the server writes. */
export function wordsForm(
  field: Extract<NamedField, { control: 'words' }>,
  settings: GuildSettings,
  locale: Locale,
): APIModalInteractionResponseCallbackData {
  const { label, about } = field.text(locale);
  const value = field.read(settings);
  return {
    custom_id: configId('edited', field.name),
    title: locale.config.words.title(label),
    components: [
      {
        type: ComponentType.Label,
        label,
        description: about,
        component: {
          type: ComponentType.TextInput,
          custom_id: wordsInput,
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: field.longest,
          ...(value && { value }),
        },
      },
    ],
  };
}
