import { z } from 'zod';
import { attachmentSchema } from '../../scan/scan.ts';

/** Nobody posts the same by hand in this many channels within this time, in ms. */
export const channelsNeeded = 3;
const within = 60_000;

export const recentPostSchema = z.object({
  message: z.string(),
  channel: z.string(),
  at: z.number(),
  text: z.string(),
  /** Each file's size and name, which are the same for copies. */
  files: z.array(z.string()),
  /** Whether the names of all files are those of images. */
  images: z.boolean(),
  /** The sources of its files. */
  sources: z.array(attachmentSchema).default([]),
});
export type RecentPost = z.infer<typeof recentPostSchema>;

/** The same files, or only images, that one member posted in many channels at once. */
export interface Spree {
  posts: RecentPost[];
  /** How many files all posts share; 0: none, they are only images. */
  shared: number;
  images: boolean;
  /** A file that all posts share, named as in `files`. */
  file?: string;
}

/** The name by which copies of a file are recognized without their bytes. */
export const copyName = ({ size, name }: z.infer<typeof attachmentSchema>) => `${size} ${name}`;

/** Returns the spree that a post is part of. It looks for the same files first, then for images only. */
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

/** Returns the posts, in order, that together with this one are in enough channels within the time. */
function crowdOf(posts: readonly RecentPost[], post: RecentPost): RecentPost[] | undefined {
  for (const { at: from } of posts) {
    const crowd = posts.filter(({ at }) => at >= from && at - from <= within);
    const channels = new Set(crowd.map(({ channel }) => channel));
    if (crowd.includes(post) && channels.size >= channelsNeeded) return crowd;
  }
  return undefined;
}
