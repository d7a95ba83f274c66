import { z } from 'zod';
import { attachmentSchema } from '../../scan/scan.ts';

/** In so many channels, within this time in ms, nobody posts the same by hand. */
export const channelsNeeded = 3;
const within = 60_000;

export const recentPostSchema = z.object({
  message: z.string(),
  channel: z.string(),
  at: z.number(),
  text: z.string(),
  /** Each file's size and name: that of copies is the same. */
  files: z.array(z.string()),
  /** Whether all its files are called like images. */
  images: z.boolean(),
  /** Where its files are. */
  sources: z.array(attachmentSchema).default([]),
});
export type RecentPost = z.infer<typeof recentPostSchema>;

/** The same files, or nothing but images, that one member posted in many channels at once. */
export interface Spree {
  posts: RecentPost[];
  /** How many files all posts share; 0: they share none, and are only images. */
  shared: number;
  images: boolean;
  /** One that all posts share, as in their `files`. */
  file?: string;
}

/** By what a copy of a file is recognised without its bytes. */
export const copyName = ({ size, name }: z.infer<typeof attachmentSchema>) => `${size} ${name}`;

/** The spree that a post is part of: the same file first, then nothing but images. */
export function spreeOf(posts: readonly RecentPost[], post: RecentPost): Spree | undefined {
  for (const file of post.files) {
    const copies = crowdOf(
      posts.filter(({ files }) => files.includes(file)),
      post,
    );
    if (!copies) continue;
    const shared = post.files.filter((one) => copies.every(({ files }) => files.includes(one))).length;
    return { posts: copies, shared, images: copies.every(({ images }) => images), file };
  }
  const pictures = crowdOf(
    posts.filter(({ images }) => images),
    post,
  );
  return pictures && { posts: pictures, shared: 0, images: true };
}

/** Those of the posts, in their order, that were made with this one in enough channels within the time. */
function crowdOf(posts: readonly RecentPost[], post: RecentPost): RecentPost[] | undefined {
  for (const { at: from } of posts) {
    const crowd = posts.filter(({ at }) => at >= from && at - from <= within);
    const channels = new Set(crowd.map(({ channel }) => channel));
    if (crowd.includes(post) && channels.size >= channelsNeeded) return crowd;
  }
  return undefined;
}
