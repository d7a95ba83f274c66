import type { Modal } from '../discord/limits/callbacks.ts';
import type { Row } from '../discord/limits/components.ts';
import type { Embed } from '../discord/limits/embeds.ts';

/** What the gallery shows: all that the bot can say, each in all languages side by side. */
export interface GalleryView {
  languages: { tag: string; name: string }[];
  groups: { title: string; items: GalleryItem[] }[];
}

export interface GalleryItem {
  name: string;
  /** In the order of the languages. */
  shown: Shown[];
}

/** A message, a form, or a text for a terminal. */
export type Shown = { content: string; embeds: Embed[]; rows: Row[] } | { form: Modal } | { text: string };
