import { DiscordError, refuse } from './errors.ts';
import type { Interaction } from './interaction.ts';
import { ackWithinMs, hasExpired, metadata } from './interactions.ts';
import type { CallbackBody } from './limits/callbacks.ts';
import type { MessageBody } from './limits/messages.ts';
import { createMessage, editMessage, type Uploads } from './messages.ts';
import type { Message, StoredMessage } from './model.ts';
import type { World } from './world.ts';

const ephemeralFlag = 1 << 6;
const loadingFlag = 1 << 7;

/** The first answer to an interaction: once, within three seconds, and of a type that fits. */
export function answer(world: World, interaction: Interaction, body: CallbackBody, uploads: Uploads): void {
  if (interaction.answered) throw refuse('alreadyAcknowledged');
  if (world.clock.now() - interaction.createdAt > ackWithinMs) throw refuse('unknownInteraction');
  if (!fits(interaction, body.type)) throw wrongType();
  carryOut(world, interaction, body, uploads);
  interaction.answered = true;
  world.emit({ type: 'interactionAnswered', interaction });
}

function fits({ type, source }: Interaction, callback: CallbackBody['type']): boolean {
  if (type === 4 || callback === 8) return type === 4 && callback === 8;
  if (callback === 6 || callback === 7) return source !== undefined;
  return callback !== 9 || type !== 5;
}

function carryOut(world: World, interaction: Interaction, body: CallbackBody, uploads: Uploads): void {
  switch (body.type) {
    case 4:
      interaction.ephemeral = isEphemeral(body.data.flags);
      respond(world, interaction, body.data, uploads);
      return;
    case 5:
      interaction.ephemeral = isEphemeral(body.data?.flags);
      respond(world, interaction, {}, new Map(), loadingFlag);
      return;
    case 6:
      interaction.responses.push(sourceOf(world, interaction).message.id);
      return;
    case 7: {
      const source = sourceOf(world, interaction);
      interaction.responses.push(source.message.id);
      editMessage(world, source, body.data ?? {}, uploads);
      return;
    }
    case 8:
      interaction.choices = body.data.choices;
      return;
    case 9:
      interaction.modal = body.data;
      return;
    default:
      body satisfies never;
  }
}

/** A further message. The first one after a deferral fills in the deferred answer instead, as Discord still does. */
export function followUp(world: World, interaction: Interaction, body: MessageBody, uploads: Uploads): Message {
  const original = world.messages.get(interaction.responses[0] ?? '');
  if (original && original.message.flags & loadingFlag) return editMessage(world, original, body, uploads);
  return respond(world, interaction, body, uploads);
}

/** The interaction of a webhook address while its token lives. */
export function liveInteraction(world: World, applicationId: string, token: string): Interaction {
  const interaction = world.interactions.get(token);
  if (applicationId !== world.application.id) throw refuse('unknownWebhook');
  if (!interaction || hasExpired(world, interaction)) throw refuse('invalidWebhookToken');
  if (!interaction.answered) throw refuse('unknownWebhook');
  return interaction;
}

/** A message that belongs to the interaction, by id or as `@original`. */
export function responseOf(world: World, interaction: Interaction, id: string): StoredMessage {
  const wanted = id === '@original' ? interaction.responses[0] : id;
  const stored = world.messages.get(wanted ?? '');
  if (!stored || !interaction.responses.includes(stored.message.id)) throw refuse('unknownMessage');
  return stored;
}

function respond(world: World, interaction: Interaction, body: MessageBody, uploads: Uploads, flags = 0): Message {
  const isPrivate = interaction.responses.length === 0 ? interaction.ephemeral : isEphemeral(body.flags);
  const message = createMessage(world, {
    channel: interaction.channel,
    author: world.bot,
    body,
    uploads,
    flags: flags | (isPrivate ? ephemeralFlag : 0),
    type: interaction.answerType,
    visibleTo: isPrivate ? interaction.user.id : undefined,
    interaction: metadata(interaction),
  });
  interaction.responses.push(message.id);
  return message;
}

function sourceOf(world: World, interaction: Interaction): StoredMessage {
  const stored = world.messages.get(interaction.source?.id ?? '');
  if (!stored) throw refuse('unknownMessage');
  return stored;
}

function isEphemeral(flags = 0): boolean {
  return (flags & ephemeralFlag) !== 0;
}

function wrongType(): DiscordError {
  return new DiscordError(400, 50035, 'Invalid Form Body', {
    type: { _errors: [{ code: 'BASE_TYPE_CHOICES', message: 'This callback does not fit the interaction' }] },
  });
}
