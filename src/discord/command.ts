import {
  type ApplicationCommandOptionChoiceData,
  ApplicationCommandType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Locale } from '../locales/en-US.ts';
import type { Clock } from '../scan/clock.ts';
import type { Capacity, Overview } from '../scan/ports.ts';
import type { Scanner } from '../scan/scanner.ts';
import type { CommandIds, Identity } from './cards/help.ts';
import type { AlertControls } from './moderation/alertControls.ts';
import type { Moderation } from './moderation/moderation.ts';
import type { Replies } from './replies/replies.ts';
import type { Sessions } from './requests/sessions.ts';
import type { Sharing } from './requests/sharing.ts';
import type { SettingsBook } from './settings/book.ts';
import type { Exported } from './settings/export.ts';
import type { Grants } from './settings/grants.ts';
import type { SettingsLog } from './settings/log.ts';
import type { ServerKeys } from './settings/serverKeys.ts';
import type { SkippedFiles } from './settings/skipped.ts';
import type { Undo } from './settings/undo.ts';
import type { SetUp } from './setup/setUp.ts';
import type { Watcher } from './watching/watcher.ts';

/** The parts that commands and controls use. */
export interface App {
  scanner: Pick<Scanner, 'find' | 'openOf' | 'recentOf' | 'delete'>;
  replies: Replies;
  sessions: Sessions;
  /** How much of a server's key is used, and how many of its files wait. undefined: the operator's key, and all files. */
  quota(server: string | undefined): Promise<Overview>;
  capacity: Capacity;
  /** The ids of the users who run this bot. */
  operators: ReadonlySet<string>;
  identity: Identity;
  commandIds: CommandIds;
  settings: SettingsBook;
  /** What the panel works with beside the settings. */
  panel: {
    grants: Grants;
    undo: Undo;
    log: Pick<SettingsLog, 'of'>;
    keys: Pick<ServerKeys, 'lending' | 'of' | 'enter' | 'setFallBack' | 'remove'>;
    /** The cases of the last 30 days, as they are stored, and all that was done about them. */
    casesOf(guild: string): Promise<Pick<Exported, 'cases' | 'acts'>>;
  };
  setUp: SetUp;
  watcher: Pick<Watcher, 'follow'>;
  alertControls: AlertControls;
  moderation: Pick<Moderation, 'isNeeded'>;
  sharing: Pick<Sharing, 'isKnown' | 'told'>;
  skipped: Pick<SkippedFiles, 'of'>;
  /** Where Discord keeps attachments: "host" or "host:port". */
  hosts: readonly string[];
  /** Whether the bot has the message content intent. Without it the bot cannot watch channels. */
  messageContent: boolean;
  clock: Pick<Clock, 'now'>;
  /** The language of whoever uses the command or control. */
  locale: Locale;
}

/** A file in `commands/`. It may throw a `Refusal`. */
export interface SlashCommand {
  data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, app: App): Promise<void>;
  /** Suggests values for an option while it is typed. */
  complete?(interaction: AutocompleteInteraction, app: App): Promise<ApplicationCommandOptionChoiceData[]>;
}

export interface MessageCommand {
  data: RESTPostAPIContextMenuApplicationCommandsJSONBody & { type: ApplicationCommandType.Message };
  execute(interaction: MessageContextMenuCommandInteraction, app: App): Promise<void>;
}

export type Command = SlashCommand | MessageCommand;

export function isMessageCommand(command: Command): command is MessageCommand {
  return command.data.type === ApplicationCommandType.Message;
}
