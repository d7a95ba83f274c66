import { randomBytes } from 'node:crypto';
import { attachmentLimit } from './http.ts';
import type { Interaction, InteractionType } from './interaction.ts';
import { firstLocale } from './locales.ts';
import type { Channel, InteractionMetadata, Member, Message, User } from './model.ts';
import { channelPayload, memberPayload } from './payloads.ts';
import { permissionsOf } from './permissions.ts';
import { asBotSees } from './visibility.ts';
import type { World } from './world.ts';

/** https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
export const ackWithinMs = 3000;
const tokenLifetimeMs = 15 * 60 * 1000;

/** Who does something, and where. */
export interface Actor {
  user: User;
  member: Member | undefined;
  channel: Channel;
}

export interface InteractionStart {
  type: InteractionType;
  data: object;
  commandName?: string;
  answerType?: number;
  source?: Message | undefined;
}

/** Makes an interaction and tells the bot of it through the gateway. */
export function startInteraction(world: World, actor: Actor, start: InteractionStart): Interaction {
  const id = world.newId();
  const interaction: Interaction = {
    id,
    token: Buffer.from(`interaction:${id}:${randomBytes(48).toString('hex')}`).toString('base64url'),
    type: start.type,
    channel: actor.channel,
    user: actor.user,
    createdAt: world.clock.now(),
    commandName: start.commandName,
    answerType: start.answerType ?? 0,
    source: start.source,
    answered: false,
    ephemeral: false,
    responses: [],
    modal: undefined,
    choices: undefined,
  };
  world.interactions.set(interaction.token, interaction);
  const payload = interactionPayload(world, interaction, actor.member, start.data);
  world.emit({ type: 'interactionCreated', interaction, payload });
  return interaction;
}

export function hasExpired(world: World, interaction: Interaction): boolean {
  return world.clock.now() - interaction.createdAt >= tokenLifetimeMs;
}

export function metadata({ id, type, user, commandName, channel }: Interaction): InteractionMetadata {
  return {
    id,
    type,
    user,
    ...(commandName && { name: commandName }),
    authorizing_integration_owners: { '0': channel.guild_id ?? '0' },
  };
}

function interactionPayload(world: World, interaction: Interaction, member: Member | undefined, data: object) {
  const { id, token, type, channel, user, source } = interaction;
  const permissions = String(permissionsOf(world, user.id, channel));
  const guildId = channel.guild_id;
  const guildLocale = world.guilds.get(guildId ?? '')?.preferred_locale ?? firstLocale;
  const guild = guildId && { id: guildId, locale: guildLocale, features: [] };
  return {
    id,
    application_id: world.application.id,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...channelPayload(channel), permissions },
    ...(guild && { guild_id: guildId, guild, guild_locale: guildLocale }),
    ...(member ? { member: { ...memberPayload(member), permissions } } : { user }),
    ...(source && { message: asBotSees(world, source, true) }),
    app_permissions: String(permissionsOf(world, world.bot.id, channel)),
    locale: world.locales.get(user.id) ?? firstLocale,
    entitlements: [],
    authorizing_integration_owners: { '0': guildId ?? '0' },
    context: guildId ? 0 : 1,
    attachment_size_limit: attachmentLimit,
  };
}
