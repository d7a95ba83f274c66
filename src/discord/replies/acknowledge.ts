import {
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { Clock } from '../../scan/clock.ts';
import { type Address, closingTime, tokenLife } from './delivery.ts';

/** An interaction that waits for an answer. */
export interface Asked {
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction | MessageComponentInteraction;
  /** Only the one who asked shall see the answer. */
  private: boolean;
}

/** What is known of the answer before Discord has heard from us: enough to find it again after a crash. */
export function addressOf(asked: Asked, clock: Clock): Address & { id: string; private: boolean } {
  const { interaction, private: isPrivate } = asked;
  const tokenOnly = isPrivate || isHidden(asked);
  return {
    id: interaction.id,
    applicationId: interaction.applicationId,
    channelId: interaction.channelId,
    messageId: undefined,
    private: isPrivate,
    tokenOnly,
    interactionToken: interaction.token,
    tokenUntil: tokenUntil(tokenOnly, clock),
  };
}

/** Answers Discord within its 3 seconds, and says where the real answer will stand. */
export async function acknowledge(asked: Asked, clock: Clock) {
  const { interaction, private: wanted } = asked;
  const response = await interaction.deferReply({
    ...(wanted ? { flags: MessageFlags.Ephemeral } : {}),
    withResponse: true,
  });
  const message = response.resource?.message ?? (await interaction.fetchReply());
  // Discord may force an answer to be private, whatever was asked for.
  const isPrivate = wanted || message.flags.has(MessageFlags.Ephemeral);
  const tokenOnly = isPrivate || isHidden(asked);
  return { messageId: message.id, private: isPrivate, tokenOnly, tokenUntil: tokenUntil(tokenOnly, clock) };
}

/** Commands work in channels that the bot does not see; its own token edits nothing there. */
function isHidden({ interaction }: Asked): boolean {
  return !interaction.appPermissions.has(PermissionFlagsBits.ViewChannel);
}

export function tokenUntil(tokenOnly: boolean, clock: Clock): number {
  return clock.now() + tokenLife + (tokenOnly ? closingTime : 0);
}
