import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Post } from '../posts/post.ts';
import { copyName, type RecentPost, recentPostSchema, spreeOf } from './spree.ts';

/** How long a member's posts are remembered after the last one, in ms. */
export const postsKept = 10 * 60_000;
/** How many posts of a member are remembered. */
const mostPosts = 30;

/** A member's recent posts with files, by server and member. */
export const recentPostsSchema = z.object({ guild: z.string(), posts: z.array(recentPostSchema) });

/** Notices hijacked accounts, which post their lure in one channel after another. */
export interface Hijacks {
  see(post: Post): Promise<void>;
  forget(guild: string): Promise<void>;
}

interface HijacksParts {
  records: Collection<z.infer<typeof recentPostsSchema>>;
  moderation: Pick<Moderation, 'hijacked'>;
}

export function createHijacks({ records, moderation }: HijacksParts): Hijacks {
  const inTurn = createTurns();

  /** After a downtime, posts come in any order. An edited post comes again. */
  async function remember(key: string, guild: string, post: RecentPost): Promise<RecentPost[]> {
    const others = ((await records.get(key))?.posts ?? []).filter(({ message }) => message !== post.message);
    const posts = [...others, post].toSorted((a, b) => a.at - b.at).slice(-mostPosts);
    await records.set(key, { guild, posts });
    return posts;
  }

  return {
    async see({ id: message, guild, author, forwarded, channel, at, text, files }) {
      const sized = files.filter(({ size }) => size !== undefined);
      if (author.kind !== 'member' || forwarded || sized.length === 0) return;
      const names = [...new Set(sized.map(copyName))];
      const images = sized.every(({ name }) => image.test(name));
      const post = { message, channel, at, text, files: names, images, sources: sized };
      const key = `${guild}-${author.id}`;
      await inTurn(key, async () => {
        const spree = spreeOf(await remember(key, guild, post), post);
        if (spree) await moderation.hijacked(guild, author, spree);
      });
    },
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}

const image = /\.(png|jpe?g|gif|webp|avif)$/i;
