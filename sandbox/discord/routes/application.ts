import { refuse } from '../errors.ts';
import type { CommandBody, CommandOption } from '../limits/commands.ts';
import { commands } from '../limits/commands.ts';
import { readForm } from '../limits/form.ts';
import type { Command } from '../model.ts';
import { applicationPayload, selfPayload } from '../payloads.ts';
import { botRoute, type Call, type Route } from '../router.ts';
import type { World } from '../world.ts';

/** Who the bot is, where its gateway is, and which commands it has. */
export function applicationRoutes(world: World, gatewayUrl: (host: string) => string): Route[] {
  return [
    botRoute('GET', '/gateway/bot', ({ host }) => ({
      url: gatewayUrl(host),
      shards: world.shards,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
    })),
    botRoute('GET', '/users/@me', () => selfPayload(world.bot)),
    botRoute('GET', '/applications/@me', () => applicationPayload(world)),
    botRoute('GET', '/applications/:application/commands', (call) => {
      ownApplication(world, call);
      return world.globalCommands.map((command) => asListed(command, call.query));
    }),
    botRoute('PUT', '/applications/:application/commands', (call) => {
      ownApplication(world, call);
      world.globalCommands = registered(world, call.body, world.globalCommands);
      world.emit({ type: 'commandsRegistered', guildId: undefined });
      return world.globalCommands;
    }),
    botRoute('GET', '/applications/:application/guilds/:guild/commands', (call) =>
      ofGuild(world, call).map((command) => asListed(command, call.query)),
    ),
    botRoute('PUT', '/applications/:application/guilds/:guild/commands', (call) => {
      const guildId = call.part('guild');
      const all = registered(world, call.body, ofGuild(world, call), guildId);
      world.guildCommands.set(guildId, all);
      world.emit({ type: 'commandsRegistered', guildId });
      return all;
    }),
  ];
}

function ofGuild(world: World, call: Call): Command[] {
  ownApplication(world, call);
  if (!world.guilds.has(call.part('guild'))) throw refuse('missingAccess');
  return world.guildCommands.get(call.part('guild')) ?? [];
}

function ownApplication(world: World, call: Call): void {
  if (call.part('application') !== world.application.id) throw refuse('missingAccess');
}

/** A command that keeps its type and name keeps its id. */
function registered(world: World, body: unknown, before: readonly Command[], guildId?: string): Command[] {
  return readForm(commands, body).map((command) => ({
    ...command,
    options: command.options?.map(asKept),
    id: before.find((old) => old.type === command.type && old.name === command.name)?.id ?? world.newId(),
    application_id: world.application.id,
    ...(guildId && { guild_id: guildId }),
    version: world.newId(),
  }));
}

/** Discord does not keep `required: false`. */
function asKept(option: CommandOption): CommandOption {
  return { ...option, required: option.required || undefined, options: option.options?.map(asKept) };
}

/** Lists leave the localizations out unless they are asked for. */
function asListed(command: Command, query: URLSearchParams): CommandBody {
  if (query.get('with_localizations') === 'true') return command;
  return {
    ...command,
    name_localizations: undefined,
    description_localizations: undefined,
    options: command.options?.map(withoutLocalizations),
  };
}

function withoutLocalizations(option: CommandOption): CommandOption {
  return {
    ...option,
    name_localizations: undefined,
    description_localizations: undefined,
    options: option.options?.map(withoutLocalizations),
  };
}
