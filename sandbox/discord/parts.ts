import type { Embed } from './limits/embeds.ts';
import type { Attachment, Media, Part } from './model.ts';

/** The same part with other media. */
export function withMedia(part: Part, change: (media: Media) => Media): Part {
  switch (part.type) {
    case 9:
      return { ...part, accessory: { ...part.accessory, media: change(part.accessory.media) } };
    case 12:
      return { ...part, items: part.items.map((item) => ({ ...item, media: change(item.media) })) };
    case 13:
      return { ...part, file: change(part.file) };
    case 17:
      return { ...part, components: part.components.map((one) => withMedia(one, change)) };
    case 10:
    case 14:
      return part;
    default:
      return part satisfies never;
  }
}

/** The same embed with other addresses of its pictures. */
export function withPictures(embed: Embed, change: (url: string) => string): Embed {
  const { image, thumbnail } = embed;
  return {
    ...embed,
    ...(image && { image: { ...image, url: change(image.url) } }),
    ...(thumbnail && { thumbnail: { ...thumbnail, url: change(thumbnail.url) } }),
  };
}

export interface Arranged {
  attachments: Attachment[];
  parts: Part[] | undefined;
  embeds: Embed[];
}

/** Puts attachments where `attachment://name` names them: from then on they are listed there and no longer as attachments. */
export function arranged({ attachments, parts, embeds }: Arranged): Arranged {
  const used = new Set<Attachment>();
  const named = (url: string) => {
    const found = attachments.find(({ filename }) => url === `attachment://${filename}`);
    if (found) used.add(found);
    return found;
  };
  const placed = (media: Media): Media => {
    const found = named(media.url);
    if (!found) return media;
    const { id, url, proxy_url, content_type } = found;
    return { url, proxy_url, attachment_id: id, content_type };
  };
  return {
    parts: parts?.map((part) => withMedia(part, placed)),
    embeds: embeds.map((embed) => withPictures(embed, (url) => named(url)?.url ?? url)),
    attachments: attachments.filter((attachment) => !used.has(attachment)),
  };
}
