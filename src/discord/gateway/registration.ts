import { isDeepStrictEqual } from 'node:util';
import { DiscordAPIError, type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import { z } from 'zod';
import { StartError } from './start.ts';

/** Without it Discord lists no words in other languages. */
const withLocalizations = new URLSearchParams({ with_localizations: 'true' });
const registeredSchema = z.array(z.record(z.string(), z.unknown()));
const idsSchema = z.array(z.object({ name: z.string(), id: z.string() })).catch([]);

interface Registration {
  /** Whether Discord had other commands before. */
  isNew: boolean;
  /** By name. */
  ids: ReadonlyMap<string, string>;
}

/**
 * Registers the commands if Discord has others: in the server `guildId`, or everywhere without it. Throws a `StartError`
 * when the bot is not in that server.
 */
export async function register(
  commands: readonly RESTPostAPIApplicationCommandsJSONBody[],
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
): Promise<Registration> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const registered = registeredSchema.parse(
    await rest.get(route, { query: withLocalizations }).catch((error: unknown) => refusal(error, guildId)),
  );
  if (isRegistered(commands, registered)) return { isNew: false, ids: idsOf(registered) };
  return { isNew: true, ids: idsOf(await rest.put(route, { body: commands })) };
}

const idsOf = (registered: unknown) => new Map(idsSchema.parse(registered).map(({ name, id }) => [name, id]));

function refusal(error: unknown, guildId: string | undefined): never {
  const unreachable = error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
  if (!guildId || !unreachable) throw error;
  throw new StartError(
    'The bot is not in the server DISCORD_GUILD_ID. Add it there by its invite link, or unset the variable.',
    { cause: error },
  );
}

/** Whether Discord has exactly our commands, apart from the fields and defaults that it adds by itself. */
export function isRegistered(ours: readonly object[], theirs: readonly object[]): boolean {
  const sorted = (commands: readonly object[]) =>
    commands.map(stated).toSorted((a, b) => String(a.name).localeCompare(String(b.name), 'en'));
  const registered = sorted(theirs);
  return ours.length === theirs.length && sorted(ours).every((command, index) => isSame(command, registered[index]));
}

type Fields = Record<string, unknown>;

/** Discord adds no defaults to these fields. If we leave one out, Discord must not have it either. */
const whollyOurs = [
  'description',
  'description_localizations',
  'name_localizations',
  'options',
  'default_member_permissions',
  'nsfw',
];

function isSame(ours: Fields, theirs: Fields = {}): boolean {
  return [...Object.keys(ours), ...whollyOurs].every((key) => isDeepStrictEqual(ours[key], theirs[key]));
}

/** A command or option without its empty fields. To Discord, a missing field means the same as null, false or an empty value. */
function stated(fields: object): Fields {
  const said = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(said.map(([key, value]) => [key, statedValue(value)]));
}

function statedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(statedValue);
  return typeof value === 'object' && value !== null ? stated(value) : value;
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);
