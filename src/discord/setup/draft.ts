import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { type GuildSettings, settingsSchema } from '../settings/settings.ts';
import type { Place } from './places.ts';

export const draftSchema = z.object({
  guild: z.string(),
  ...settingsSchema.pick({ alertChannel: true, watch: true, watchedChannels: true }).shape,
  upload: settingsSchema.shape.upload.unwrap(),
});
/** Somebody's choices in set-up. They become settings at its end. */
export type Draft = z.infer<typeof draftSchema>;
/** In ms. */
export const draftLife = 60 * 60_000;

/** The choices of everybody who sets up a server, for `draftLife`. */
export interface Drafts {
  /** Returns the choices so far, or the recommended ones. */
  of(guild: string, user: string, recommended: () => Promise<Draft>): Promise<Draft>;
  keep(user: string, draft: Draft): Promise<void>;
  /** Deletes the choices, because they have become settings. */
  end(guild: string, user: string): Promise<void>;
  forget(guild: string): Promise<void>;
}

export function createDrafts(records: Collection<Draft>): Drafts {
  const key = (guild: string, user: string) => `${guild}-${user}`;
  return {
    of: async (guild, user, recommended) => (await records.get(key(guild, user))) ?? recommended(),
    keep: (user, draft) => records.set(key(draft.guild, user), draft),
    end: (guild, user) => records.delete(key(guild, user)),
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}

/** Recommends the current settings and, for the rest, what suits most servers: watch everything, and upload nothing unasked. */
export function recommend(guild: string, settings: GuildSettings, places: readonly Place[]): Draft {
  const { alertChannel = recommendedAlerts(places), watch, watchedChannels, upload = 'ask' } = settings;
  return { guild, alertChannel, watch: watch === 'none' ? 'all' : watch, watchedChannels, upload };
}

const moderatorsOwn = /mod|staff|admin|team|log|alert/i;

/** Returns a channel that not everybody can read, preferably one whose name says that it is for moderators. */
function recommendedAlerts(places: readonly Place[]): string | undefined {
  const fitting = places.filter(({ isPublic, lacks }) => !isPublic && lacks.length === 0);
  return (fitting.find(({ name }) => moderatorsOwn.test(name)) ?? fitting[0])?.id;
}

/** Returns the settings with the choices applied. */
export function withDraft(settings: GuildSettings, { guild: _, ...chosen }: Draft): GuildSettings {
  return { ...settings, ...chosen };
}
