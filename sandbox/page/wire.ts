import type { Choice, Modal } from '../discord/limits/callbacks.ts';
import type { CommandOption } from '../discord/limits/commands.ts';
import type { Row } from '../discord/limits/components.ts';
import type { Embed } from '../discord/limits/embeds.ts';
import type { Part } from '../discord/limits/layout.ts';
import type { MoodName } from './moods.ts';
import type { SampleAddress, SampleView } from './samples.ts';
import type { ScanView } from './scanLog.ts';

/** What travels to the page. Ids are Discord's, times are milliseconds since the epoch by the sandbox's clock. */

export interface Place {
  id: string;
  /** Discord's channel type. */
  type: number;
  name: string;
  /** undefined for a private conversation with the bot. */
  serverId: string | undefined;
  /** The channel of a thread. */
  parentId: string | undefined;
  hasMessages: boolean;
  readers: string[];
  writers: string[];
}

export interface Person {
  id: string;
  name: string;
  /** The language of their Discord. */
  locale: string;
  /** Servers of which this one is a member. */
  serverIds: string[];
  /** Names of roles by server, "Owner" among them. */
  roles: Record<string, string[]>;
  isBot: boolean;
  /** Who may take away other people's messages. */
  moderates: boolean;
  timedOutUntil: number | undefined;
  bannedFrom: string[];
}

export interface CommandView {
  /** 1 slash command, 3 on a message */
  type: number;
  /** With the subcommand after a space. */
  name: string;
  description: string;
  /** Name and description in other languages, by language. */
  localized: Record<string, { name?: string | undefined; description?: string | undefined }>;
  options: CommandOption[];
  serverId: string | undefined;
  /** Discord shows a command to nobody else. */
  users: string[];
}

export interface AttachmentView {
  id: string;
  name: string;
  size: number;
}

interface ReactionView {
  emoji: string;
  by: string[];
}

export interface ContentView {
  content: string;
  embeds: Embed[];
  attachments: AttachmentView[];
  /** Components v2, which stand in the place of all else. */
  parts: Part[];
  /** What the parts may show: all files, the attachments among them. */
  files: AttachmentView[];
}

export interface MessageView extends ContentView {
  id: string;
  channelId: string;
  authorId: string;
  authorName: string;
  isBot: boolean;
  at: number;
  isEdited: boolean;
  rows: Row[];
  reactions: ReactionView[];
  /** Messages that it forwards. */
  forwarded: ContentView[];
  /** Who alone sees it. */
  visibleTo: string | undefined;
  isThinking: boolean;
  /** The command that it answers. */
  answers: { personId: string; personName: string; command: string } | undefined;
  replyTo: string | undefined;
  deleted: { at: number; by: string | undefined } | undefined;
}

export interface RequestView {
  number: number;
  /** How often it was sent in a row. */
  times: number;
  method: string;
  endpoint: string;
  /** Of all of them. */
  cost: number;
  status: number;
  /** The last time. */
  at: number;
}

export interface AuditView {
  id: string;
  text: string;
  reason: string | undefined;
}

export interface GaugeView {
  used: number;
  allowed: number;
}

/** A key that a server may have. */
export interface KeyView {
  key: string;
  isRefused: boolean;
  minute: GaugeView;
  day: GaugeView;
  month: GaugeView;
}

export interface PanelView {
  requests: RequestView[];
  spent: number;
  refused: number;
  quota: { minute: GaugeView; day: GaugeView; month: GaugeView };
  /** undefined where the bot does not tell. */
  queue: { interactive: number; automatic: number } | undefined;
  scans: ScanView[] | undefined;
  audit: AuditView[];
  keys: KeyView[];
  moods: MoodName[];
  /** Whether the bot is connected to the gateway. */
  isConnected: boolean;
}

export interface Sections {
  /** Who and where one is at first. */
  start: { personId: string; placeId: string };
  servers: { id: string; name: string; locale: string }[];
  places: Place[];
  people: Person[];
  roles: { id: string; name: string; serverId: string }[];
  commands: CommandView[];
  samples: SampleView[];
  addresses: SampleAddress[];
  panel: PanelView;
}

export interface Page {
  sections: Sections;
  messages: MessageView[];
}

export interface Patch {
  now: number;
  /** The page begins anew with this. */
  isWhole: boolean;
  sections: Partial<Sections>;
  messages: MessageView[];
  gone: string[];
}

/** What comes back when a person has done something. */
export type Outcome =
  | {
      ok: true;
      modal?: { interaction: string; form: Modal } | undefined;
      choices?: Choice[] | undefined;
      /** Where to go now. */
      place?: string | undefined;
    }
  | { ok: false; problem: string };
