import { isDeepStrictEqual } from 'node:util';
import { DiscordAPIError, type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import { z } from 'zod';
import { StartError } from './start.ts';

const registeredSchema = z.array(z.record(z.string(), z.unknown()));

/**
 * Registers the commands if they are not what Discord has: in one server, where they appear at once, or everywhere.
 * Says whether it did; fails with a `StartError` when the bot is not in that server.
 */
export async function register(
  commands: readonly RESTPostAPIApplicationCommandsJSONBody[],
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
): Promise<boolean> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const registered = registeredSchema.parse(await rest.get(route).catch((error: unknown) => refusal(error, guildId)));
  if (isRegistered(commands, registered)) return false;
  await rest.put(route, { body: commands });
  return true;
}

function refusal(error: unknown, guildId: string | undefined): never {
  const unreachable = error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
  if (!guildId || !unreachable) throw error;
  throw new StartError(
    'The bot is not in the server DISCORD_GUILD_ID. Add it there by its invite link, or unset the variable.',
    { cause: error },
  );
}

/** Whether Discord has exactly these, as far as we said something: it adds fields and defaults of its own. */
export function isRegistered(ours: readonly object[], theirs: readonly object[]): boolean {
  const sorted = (commands: readonly object[]) => commands.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
  return ours.length === theirs.length && includes(sorted(theirs), sorted(ours));
}

const nameOf = (command: object) => ('name' in command ? String(command.name) : '');

/** Whether all that `part` says stands in `whole` too. */
function includes(whole: unknown, part: unknown): boolean {
  if (isEmpty(part)) return isEmpty(whole);
  if (Array.isArray(part)) {
    return (
      Array.isArray(whole) && whole.length === part.length && part.every((item, index) => includes(whole[index], item))
    );
  }
  const [fields, said] = [fieldsOf(whole), fieldsOf(part)];
  if (!fields || !said) return isDeepStrictEqual(whole, part);
  return Object.entries(said).every(([key, value]) => includes(fields[key], value));
}

/** What Discord leaves out or fills with a default when nothing was said. */
const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);

const fieldsOf = (value: unknown) => z.record(z.string(), z.unknown()).safeParse(value).data;
