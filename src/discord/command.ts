import {
  ApplicationCommandType,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Locale } from '../locales/en-US.ts';
import type { Scanner } from '../scan/scanner.ts';
import type { Overview } from './render/quota.ts';
import type { Replies } from './replies.ts';
import type { SettingsBook } from './settings/book.ts';
import type { SkippedFiles } from './settings/skipped.ts';

/** What commands and buttons work with. */
export interface App {
  scanner: Pick<Scanner, 'find' | 'openOf'>;
  replies: Replies;
  /** How the key stands; who waits: in one server, or everywhere. */
  quota(server: string | undefined): Overview;
  /** Users who run this bot. */
  operators: ReadonlySet<string>;
  settings: SettingsBook;
  skipped: Pick<SkippedFiles, 'of'>;
  /** Whether the bot has that intent, without which it watches nothing. */
  messageContent: boolean;
  locale: Locale;
}

export interface SlashCommand {
  data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, app: App): Promise<void>;
}

export interface MessageCommand {
  data: RESTPostAPIContextMenuApplicationCommandsJSONBody & { type: ApplicationCommandType.Message };
  execute(interaction: MessageContextMenuCommandInteraction, app: App): Promise<void>;
}

export type Command = SlashCommand | MessageCommand;

export function isMessageCommand(command: Command): command is MessageCommand {
  return command.data.type === ApplicationCommandType.Message;
}
