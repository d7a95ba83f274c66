import { DiscordAPIError, OAuth2Scopes, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { backoff } from '../../inquiry/retry.ts';
import type { Clock } from '../../scan/clock.ts';
import { tries } from '../../scan/limits.ts';
import { invitedPermissions } from '../permissions.ts';

/** Why the bot cannot start, and what to do about it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const userSchema = z.object({ id: z.string() });
const applicationSchema = z.object({
  id: z.string(),
  name: z.string().catch('?'),
  bot_public: z.boolean().catch(false),
  /** Our own user. Its id is that of the application, except for old applications. */
  bot: userSchema.optional().catch(undefined),
  flags: z.number().catch(0),
  owner: userSchema.optional().catch(undefined),
  team: z
    .object({ members: z.array(z.object({ user: userSchema })) })
    .nullish()
    .catch(undefined),
});
export type Application = z.infer<typeof applicationSchema>;

/** Reads our application from Discord. Throws a `StartError` when Discord refuses the token, and other errors as they are. */
export async function readApplication(rest: REST): Promise<Application> {
  try {
    return applicationSchema.parse(await rest.get(Routes.currentApplication()));
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 401 || error.status === 403))
      throw new StartError(wrongToken);
    throw error;
  }
}

export const wrongToken =
  'Discord refuses DISCORD_TOKEN. Copy it again from https://discord.com/developers/applications (Bot, Reset Token).';

/** The ids of those who run the bot: its owner, or the members of the team that owns it. */
export function operatorsOf({ owner, team }: Application): string[] {
  return team ? team.members.map(({ user }) => user.id) : owner ? [owner.id] : [];
}

/** https://discord.com/developers/docs/resources/application#application-object-application-flags */
const messageContentFlags = (1 << 18) | (1 << 19);

/** Whether the bot may read messages. Without this intent it cannot watch channels. */
export const mayReadMessages = ({ flags }: Application) => (flags & messageContentFlags) !== 0;

/** The link by which an administrator adds the bot to a server, with the permissions of the features that it has. */
export function inviteLink(applicationId: string): string {
  const link = new URL('https://discord.com/oauth2/authorize');
  link.searchParams.set('client_id', applicationId);
  link.searchParams.set('scope', [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '));
  link.searchParams.set('permissions', String(invitedPermissions));
  return link.href;
}

/** Repeats `work` while Discord cannot be reached, up to `tries` times in all. Then throws the last error. */
export async function patiently<T>(
  work: () => Promise<T>,
  { clock, stop, failed }: { clock: Clock; stop: AbortSignal; failed(error: unknown): void },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    stop.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (error instanceof StartError || attempt >= tries || stop.aborted) throw error;
      failed(error);
      await clock.sleep(backoff(attempt), stop);
    }
  }
}
