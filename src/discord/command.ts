import {
  ApplicationCommandType,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Locale } from '../locales/en-US.ts';
import type { Clock } from '../scan/clock.ts';
import type { Overview } from '../scan/ports.ts';
import type { Scanner } from '../scan/scanner.ts';
import type { AlertControls } from './moderation/alertControls.ts';
import type { Replies } from './replies/replies.ts';
import type { Sessions } from './requests/sessions.ts';
import type { Sharing } from './requests/sharing.ts';
import type { SettingsBook } from './settings/book.ts';
import type { SkippedFiles } from './settings/skipped.ts';
import type { Watcher } from './watching/watcher.ts';

/** What commands and buttons work with. */
export interface App {
  scanner: Pick<Scanner, 'find' | 'openOf' | 'delete'>;
  replies: Replies;
  sessions: Sessions;
  /** How the key stands; who waits: in one server, or everywhere. */
  quota(server: string | undefined): Overview;
  /** Users who run this bot. */
  operators: ReadonlySet<string>;
  settings: SettingsBook;
  watcher: Pick<Watcher, 'follow'>;
  alertControls: AlertControls;
  sharing: Pick<Sharing, 'isKnown' | 'told'>;
  skipped: Pick<SkippedFiles, 'of'>;
  /** Whether the bot has that intent, without which it watches nothing. */
  messageContent: boolean;
  clock: Pick<Clock, 'now'>;
  locale: Locale;
}

/** A file in `commands/`. It may throw a `Refusal`. */
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
