import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import { localeOf } from '../../locales/languages.ts';
import type { Collection } from '../../scan/ports.ts';
import { Refusal } from '../preconditions.ts';

export const grantSchema = z.object({ guild: z.string(), user: z.string() });
/** In ms. */
export const grantLife = 60 * 60_000;

/**
 * Who may use the panel without Manage Server. An administrator can allow `/vtconfig` to anybody under Server Settings,
 * Integrations, which a bot cannot read. Only the command's delivery shows it, so the panel's controls work for an hour after
 * it.
 */
export interface Grants {
  /** Call it when Discord has delivered the command. Returns the server. */
  open(interaction: BaseInteraction): Promise<string>;
  /** Returns the server. Throws a `Refusal` if the member may not change its settings. */
  check(interaction: BaseInteraction): Promise<string>;
  forget(guild: string): Promise<void>;
}

/** `records` lose a row after `grantLife`. */
export function createGrants(records: Collection<z.infer<typeof grantSchema>>): Grants {
  const key = (guild: string, user: string) => `${guild}-${user}`;
  return {
    async open(interaction) {
      if (!interaction.inGuild()) throw new Refusal(wordsFor(interaction).notHere);
      const [guild, user] = [interaction.guildId, interaction.user.id];
      // A member with the permission needs no grant, and loses access together with the permission.
      if (!isManager(interaction)) await records.set(key(guild, user), { guild, user });
      return guild;
    },
    async check(interaction) {
      if (!interaction.inGuild()) throw new Refusal(wordsFor(interaction).notHere);
      const { guildId, user } = interaction;
      if (!isManager(interaction) && !(await records.get(key(guildId, user.id))))
        throw new Refusal(wordsFor(interaction).notAllowed);
      return guildId;
    },
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}

const wordsFor = ({ locale }: BaseInteraction) => localeOf(locale).config;

const isManager = ({ memberPermissions }: BaseInteraction) =>
  memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
