import { languages, localeOf } from '../../src/locales/languages.ts';
import { callbackBody } from '../discord/limits/callbacks.ts';
import { messageBody } from '../discord/limits/messages.ts';
import type { GalleryView, Shown } from '../page/galleryView.ts';
import type { Exhibit } from './exhibit.ts';
import { groups } from './exhibits.ts';
import { sentencesOf } from './sentences.ts';

/** Everything that the bot says, in every language, as Discord takes it. */
export function gallery(): GalleryView {
  const locales = languages.map(localeOf);
  const sentences = locales.map(sentencesOf);
  return {
    languages: locales.map(({ format, language }) => ({ tag: format.tag, name: language })),
    groups: [
      ...groups.map(({ title, items }) => ({
        title,
        items: items.map(({ name, show }) => ({ name, shown: locales.map((locale) => shown(show(locale))) })),
      })),
      {
        title: 'Every sentence',
        items: (sentences[0] ?? []).map(({ path }, index) => ({
          name: path,
          shown: sentences.map((all) => ({ text: all[index]?.said ?? '' })),
        })),
      },
    ],
  };
}

function shown(exhibit: Exhibit): Shown {
  if ('text' in exhibit) return exhibit;
  if ('form' in exhibit) {
    const callback = callbackBody.parse({ type: 9, data: exhibit.form });
    return callback.type === 9 ? { form: callback.data } : { text: '' };
  }
  const { content, embeds, components } = messageBody.parse({ ...exhibit.message, pictures: undefined });
  return {
    content: content ?? '',
    embeds: embeds ?? [],
    rows: (components ?? []).flatMap((row) => (row.type === 1 ? row : [])),
  };
}
