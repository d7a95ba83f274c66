import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Command } from '../command.ts';

/** Discord's command types: 1 is a slash command, 3 is a message context menu. */
const commandSchema = z.custom<Command>((value) => shape.safeParse(value).success);
const shape = z.object({
  data: z.object({ name: z.string().min(1), type: z.literal([1, 3]).optional() }),
  execute: z.function(),
  complete: z.function().optional(),
});

/** Loads every command of the folder, by name, from TypeScript or from what it was compiled to. Throws an error that names the file when a file is not a command. */
export async function loadCommands(folder: string): Promise<Map<string, Command>> {
  const commands = new Map<string, Command>();
  const files = (await readdir(folder)).filter((file) => /\.[jt]s$/.test(file)).sort();
  for (const file of files) {
    const loaded: unknown = await import(pathToFileURL(join(folder, file)).href).catch((cause: unknown) => {
      throw new Error(`commands/${file} cannot be loaded: ${cause instanceof Error ? cause.message : cause}`, {
        cause,
      });
    });
    const { data: command } = z.object({ default: commandSchema }).safeParse(loaded);
    if (!command)
      throw new Error(`commands/${file} is no command: its default export must be { data, execute } satisfies Command`);
    const { name } = command.default.data;
    if (commands.has(name))
      throw new Error(`commands/${file}: another file has a command ${JSON.stringify(name)} already`);
    commands.set(name, command.default);
  }
  return commands;
}
