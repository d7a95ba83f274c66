import { storeFile } from '../files.ts';
import { handleOf, type InteractionHandle } from '../handles.ts';
import type { Interaction } from '../interaction.ts';
import { startInteraction } from '../interactions.ts';
import type { ModalInput } from '../limits/callbacks.ts';
import { nothingResolved, pickableBySelect, type Resolved, resolve, usedOf } from '../resolved.ts';
import type { SandboxFile } from '../storedFile.ts';
import { memberOf, type World } from '../world.ts';

/** Texts, values of options or ids of what was picked, files, and whether a box is ticked. */
type Given = string | boolean | readonly string[] | readonly SandboxFile[];

export interface Modals {
  /** Fills in the modal that an interaction was answered with, by custom id. What is not given stays as the bot filled it in. */
  submitModal(handle: InteractionHandle, values: Record<string, Given>): InteractionHandle;
}

export function modals(world: World): Modals {
  return {
    submitModal(handle, values) {
      const { modal, user, channel, source } = handle.interaction;
      if (!modal) throw new Error('The bot did not answer with a modal');
      const resolved = nothingResolved();
      const filled = (input: ModalInput) => {
        const { type, custom_id } = input;
        const given = values[custom_id] ?? filledInBy(input);
        if (type === 4) return { type, custom_id, value: textFor(input, given) };
        if (type === 23) return { type, custom_id, value: given === true };
        const picked = valuesFor(input, given);
        return type === 21 ? { type, custom_id, value: picked[0] ?? null } : { type, custom_id, values: picked };
      };
      const valuesFor = (input: ModalInput, given: Given) =>
        checked(
          input,
          [given]
            .flat()
            .filter((one) => typeof one !== 'boolean')
            .map((one) => chosen(world, handle.interaction, input, one, resolved)),
        );
      const components = modal.components.map(({ type, component, components: row }) => ({
        type,
        ...(component && { component: filled(component) }),
        ...(row && { components: row.map(filled) }),
      }));
      const data = { custom_id: modal.custom_id, components, resolved: usedOf(resolved) };
      const member = memberOf(world, channel.guild_id, user.id);
      return handleOf(world, startInteraction(world, { user, member, channel }, { type: 5, data, source }));
    },
  };
}

function filledInBy({ type, value, options = [], default_values = [], default: isTicked = false }: ModalInput): Given {
  if (type === 4) return value ?? '';
  if (type === 23) return isTicked;
  const chosenAlready = options.filter((one) => one.default).map((one) => one.value);
  return [...chosenAlready, ...default_values.map(({ id }) => id)];
}

function textFor({ custom_id, required = true, min_length = 0, max_length = 4000 }: ModalInput, given: Given) {
  if (typeof given !== 'string') throw new Error(`The field ${custom_id} takes a text`);
  if (required && !given) throw new Error(`The field ${custom_id} is required`);
  if (given && given.length < min_length) throw new Error(`The field ${custom_id} takes at least ${min_length}`);
  if (given.length > max_length) throw new Error(`The field ${custom_id} takes at most ${max_length}`);
  return given;
}

/** Of choices and files: one by default, none where nothing is required, as many boxes of a group (22) as there are. */
function checked(input: ModalInput, values: string[]) {
  const { custom_id, type, required = true, min_values = 1, options = [] } = input;
  const { max_values = type === 22 ? options.length : 1 } = input;
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
