import type { Choice, Modal } from './limits/callbacks.ts';
import type { Channel, Message, User } from './model.ts';

/** 2 command, 3 component, 4 autocomplete, 5 modal */
export type InteractionType = 2 | 3 | 4 | 5;

export interface Interaction {
  id: string;
  token: string;
  type: InteractionType;
  channel: Channel;
  user: User;
  createdAt: number;
  commandName: string | undefined;
  /** 20 for answers to slash commands, 23 to context menus, 0 to components and modals */
  answerType: number;
  /** The message whose component was used. */
  source: Message | undefined;
  answered: boolean;
  /** Fixed by the first answer. */
  ephemeral: boolean;
  /** The first is `@original`, the others are follow-ups. */
  responses: string[];
  modal: Modal | undefined;
  choices: Choice[] | undefined;
}
