import {
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Clock } from '../../scan/clock.ts';
import { type Address, closingTime, tokenLife } from './delivery.ts';
import type { Reply } from './reply.ts';

/** An interaction that waits for an answer. */
export interface Asked {
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction | MessageComponentInteraction;
  /** Whether only the member who asked may see the answer. */
  private: boolean;
}

/**
 * Returns where the answer will be, as far as that is known before the acknowledgement. After a crash this is enough to find
 * the answer.
 */
export function addressOf(
  asked: Asked,
  clock: Clock,
): Address & Pick<Reply, 'id' | 'member' | 'guild' | 'private' | 'pictures'> {
  const { interaction, private: isPrivate } = asked;
  const tokenOnly = isPrivate || isHidden(asked);
  return {
    id: interaction.id,
    member: interaction.user.id,
    applicationId: interaction.applicationId,
    guild: interaction.guildId ?? undefined,
    channelId: interaction.channelId,
    messageId: undefined,
    private: isPrivate,
    tokenOnly,
    pictures: interaction.appPermissions.has(PermissionFlagsBits.AttachFiles),
    interactionToken: interaction.token,
    tokenUntil: tokenUntil(tokenOnly, clock),
  };
}

/** Tells Discord within its 3 seconds that an answer will come, and returns where it will be. */
export async function acknowledge(asked: Asked, clock: Clock) {
  const { interaction, private: wanted } = asked;
  const message = (await defer(asked)) ?? (await interaction.fetchReply());
  // Discord may force an answer to be private, whatever was asked for.
  const isPrivate = wanted || message.flags.has(MessageFlags.Ephemeral);
  const tokenOnly = isPrivate || isHidden(asked);
  return { messageId: message.id, private: isPrivate, tokenOnly, tokenUntil: tokenUntil(tokenOnly, clock) };
}

/** Returns the message, if Discord's response contains it. */
async function defer({ interaction, private: wanted }: Asked) {
  const flags = wanted ? { flags: MessageFlags.Ephemeral as const } : {};
  const sent = interaction.deferReply({ ...flags, withResponse: true });
  // Whoever else wants to answer now comes too late.
  interaction.deferred = true;
  try {
    return (await sent).resource?.message;
  } catch (error) {
    // Only this bot answers its interactions, so an earlier try succeeded and its response was lost.
    if (error instanceof DiscordAPIError && error.code === alreadyAcknowledged) return undefined;
    interaction.deferred = false;
    throw error;
  }
}

const alreadyAcknowledged = RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;

/** Whether the bot does not see the channel. Commands work there, but only the interaction's token can edit the answer. */
function isHidden({ interaction }: Asked): boolean {
  return !interaction.appPermissions.has(PermissionFlagsBits.ViewChannel);
}

/** Until when the interaction's token is used, in ms since the epoch. */
export function tokenUntil(tokenOnly: boolean, clock: Clock): number {
  return clock.now() + tokenLife + (tokenOnly ? closingTime : 0);
}
