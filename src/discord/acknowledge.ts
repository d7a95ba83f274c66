import {
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import type { Clock } from '../scan/clock.ts';
import { type Address, closingTime, tokenLife } from './delivery.ts';

/** An interaction that waits for an answer. */
export interface Asked {
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction | MessageComponentInteraction;
  /** Only the one who asked shall see the answer. */
  private: boolean;
}

/** What is known of the answer before Discord has heard from us: enough to find it again after a crash. */
export function addressOf({ interaction, private: isPrivate }: Asked, clock: Clock): Address & { id: string } {
  return {
    id: interaction.id,
    applicationId: interaction.applicationId,
    channelId: interaction.channelId,
    messageId: undefined,
    private: isPrivate,
    interactionToken: interaction.token,
    tokenUntil: tokenUntil(isPrivate, clock),
  };
}

/** Answers Discord within its 3 seconds, and says where the real answer will stand. */
export async function acknowledge({ interaction, private: wanted }: Asked, clock: Clock) {
  const response = await interaction.deferReply({
    ...(wanted ? { flags: MessageFlags.Ephemeral } : {}),
    withResponse: true,
  });
  const message = response.resource?.message ?? (await interaction.fetchReply());
  // Discord may force an answer to be private, whatever was asked for.
  const isPrivate = wanted || message.flags.has(MessageFlags.Ephemeral);
  return { messageId: message.id, private: isPrivate, tokenUntil: tokenUntil(isPrivate, clock) };
}

function tokenUntil(isPrivate: boolean, clock: Clock): number {
  return clock.now() + tokenLife + (isPrivate ? closingTime : 0);
}
