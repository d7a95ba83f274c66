import type { RawFile } from 'discord.js';
import { type Message, type Picture, withoutPictures } from '../cards/view.ts';
import type { Delivered, Edit } from './delivery.ts';

/** The pictures of one message. A verdict never waits for them: they follow it in an edit of their own. */
export interface AttachedPictures {
  /** Returns the message with the pictures that it already has, or without pictures. */
  known(message: Message): Edit;
  /** Adds the missing pictures with `send`. If that fails, the message stays as it is. */
  add(message: Message, send: (edit: Edit) => Promise<Delivered>): Promise<void>;
}

interface Parts {
  draw(pictures: readonly Picture[]): Promise<RawFile[]>;
  /** Channels in which Discord refused files. They are not tried again before a restart. */
  closed: Set<string>;
}

export function createAttachedPictures(channel: string, { draw, closed }: Parts): AttachedPictures {
  /** The names of the pictures that the message has. */
  let shown = '';

  return {
    known(message) {
      const { pictures = [], ...edit } = message;
      if (shown === '' || shown === namesOf(pictures)) return shown === '' ? withoutPictures(message) : edit;
      shown = '';
      return { ...withoutPictures(message), attachments: [] };
    },
    async add({ pictures = [], ...message }, send) {
      if (pictures.length === 0 || shown === namesOf(pictures) || closed.has(channel)) return;
      const attachments = pictures.map(({ filename, description }, index) => ({
        id: `${index}`,
        filename,
        description,
      }));
      const files = await draw(pictures);
      const outcome = await send({ ...message, attachments, files });
      if (outcome === 'delivered') shown = namesOf(pictures);
      else closed.add(channel);
    },
  };
}

const namesOf = (pictures: readonly Picture[]) => pictures.map(({ filename }) => filename).join(' ');
