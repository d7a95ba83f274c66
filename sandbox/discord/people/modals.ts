import { storeFile } from '../files.ts';
import { handleOf, type InteractionHandle } from '../handles.ts';
import type { Interaction } from '../interaction.ts';
import { startInteraction } from '../interactions.ts';
import { type ModalInput, modalInputs } from '../limits/callbacks.ts';
import { nothingResolved, pickableBySelect, type Resolved, resolve, usedOf } from '../resolved.ts';
import type { SandboxFile } from '../storedFile.ts';
import { memberOf, type World } from '../world.ts';

type Given = string | readonly string[] | readonly SandboxFile[];

export interface Modals {
  /** Fills in the modal that an interaction was answered with: texts, chosen values, or files by custom id. */
  submitModal(handle: InteractionHandle, values: Record<string, Given>): InteractionHandle;
}

export function modals(world: World): Modals {
  return {
    submitModal(handle, values) {
      const { modal, user, channel, source } = handle.interaction;
      if (!modal) throw new Error('The bot did not answer with a modal');
      const resolved = nothingResolved();
      const filled = (input: ModalInput) =>
        input.type === 4
          ? { type: input.type, custom_id: input.custom_id, value: textFor(input, values[input.custom_id]) }
          : { type: input.type, custom_id: input.custom_id, values: valuesFor(input, values[input.custom_id]) };
      const valuesFor = (input: ModalInput, given: Given = []) =>
        checked(
          input,
          [given].flat().map((one) => chosen(world, handle.interaction, input, one, resolved)),
        );
      const components = modal.components.map((part) => ({
        ...(part.component
          ? { type: part.type, component: filled(part.component) }
          : { type: part.type, components: modalInputs({ components: [part] }).map(filled) }),
      }));
      const data = { custom_id: modal.custom_id, components, resolved: usedOf(resolved) };
      const member = memberOf(world, channel.guild_id, user.id);
      return handleOf(world, startInteraction(world, { user, member, channel }, { type: 5, data, source }));
    },
  };
}

function textFor({ custom_id, required = true, min_length = 0, max_length = 4000 }: ModalInput, given: Given = '') {
  if (typeof given !== 'string') throw new Error(`The field ${custom_id} takes a text`);
  if (required && !given) throw new Error(`The field ${custom_id} is required`);
  if (given && given.length < min_length) throw new Error(`The field ${custom_id} takes at least ${min_length}`);
  if (given.length > max_length) throw new Error(`The field ${custom_id} takes at most ${max_length}`);
  return given;
}

/** Of choices and files: one by default, none where nothing is required. */
function checked({ custom_id, required = true, min_values = 1, max_values = 1 }: ModalInput, values: string[]) {
  if (values.length > max_values) throw new Error(`The field ${custom_id} takes at most ${max_values}`);
  const isEnough = values.length >= min_values || (!required && values.length === 0);
  if (!isEnough) throw new Error(`The field ${custom_id} takes at least ${min_values}`);
  return values;
}

function chosen(
  world: World,
  { channel, user }: Interaction,
  input: ModalInput,
  one: string | SandboxFile,
  resolved: Resolved,
): string {
  if (typeof one !== 'string') {
    const attachment = storeFile(world, one);
    resolved.attachments[attachment.id] = attachment;
    return attachment.id;
  }
  const kind = pickableBySelect[input.type];
  const isKnown = kind
    ? resolve(world, { guildId: channel.guild_id, userId: user.id, kind, id: one }, resolved)
    : !input.options || input.options.some(({ value }) => value === one);
  if (!isKnown) throw new Error(`The field ${input.custom_id} does not offer ${one}`);
  return one;
}
