import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { configId } from './controls.ts';
import type { ListName } from './lists.ts';

/** The names of its inputs. */
export const addFileInputs = { sha256: 'sha256', name: 'name' };

/** The form that puts a file on a list. */
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
