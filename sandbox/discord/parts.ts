import { invalidForm } from './errors.ts';
import type { Embed } from './limits/embeds.ts';
import type { Media, Part } from './limits/layout.ts';
import type { Attachment } from './model.ts';

/** The same part with other media. */
export function withMedia<T extends Part>(part: T, change: (media: Media) => Media): T {
  switch (part.type) {
    case 9: {
      const { accessory } = part;
      return accessory.type === 2 ? part : { ...part, accessory: { ...accessory, media: change(accessory.media) } };
    }
    case 12:
      return { ...part, items: part.items.map((item) => ({ ...item, media: change(item.media) })) };
    case 13:
      return { ...part, file: change(part.file) };
    case 17:
      return { ...part, components: part.components.map((one) => withMedia(one, change)) };
    case 1:
    case 10:
    case 14:
      return part;
    default:
      return part satisfies never;
  }
}

type Picture = NonNullable<Embed['image']>;

/** The same embed with other pictures. */
export function withPictures(embed: Embed, change: (picture: Picture) => Picture): Embed {
  const { image, thumbnail, author, footer } = embed;
  const icon = (url: string) => change({ url }).url;
  return {
    ...embed,
    ...(image && { image: change(image) }),
    ...(thumbnail && { thumbnail: change(thumbnail) }),
    ...(author?.icon_url && { author: { ...author, icon_url: icon(author.icon_url) } }),
    ...(footer?.icon_url && { footer: { ...footer, icon_url: icon(footer.icon_url) } }),
  };
}

interface Arranged {
  attachments: Attachment[];
  parts: Part[] | undefined;
  embeds: Embed[];
}

/**
 * Puts files where `attachment://name` names them. Those are listed there, and no longer among the attachments. Each edit
 * arranges anew; a picture that an edit leaves as it was names its file by its address.
 */
export function arranged(files: readonly Attachment[], { parts, embeds }: Omit<Arranged, 'attachments'>): Arranged {
  const used = new Set<Attachment>();
  const named = (url: string) => {
    const id = /attachments\/\d+\/(\d+)\//.exec(url)?.[1];
    const found = files.find((one) => one.id === id || url === `attachment://${one.filename}`);
    if (found) used.add(found);
    return found;
  };
  const placed = (media: Media): Media => {
    const found = named(media.url);
    if (!found && media.url.startsWith('attachment:')) throw notFound(media.url);
    return found ? mediaOf(found) : media;
  };
  const pictured = (picture: Picture): Picture => {
    const found = named(picture.url);
    const description = picture.description ?? found?.description;
    return found ? { url: found.url, ...(description && { description }) } : picture;
  };
  return {
    parts: parts?.map((part) => withMedia(part, placed)),
    embeds: embeds.map((embed) => withPictures(embed, pictured)),
    attachments: files.filter((file) => !used.has(file)),
  };
}

function mediaOf({ id, url, proxy_url, content_type }: Attachment): Media {
  return { url, proxy_url, attachment_id: id, content_type };
}

function notFound(url: string) {
  const problem = { code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message: `No attachment is ${url}` };
  return invalidForm({ components: { _errors: [problem] } });
}
