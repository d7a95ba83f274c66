import { mostHashed } from '../watching/bytes.ts';
import { copyName, type RecentPost, type Spree } from '../watching/spree.ts';
import { type Case, type CasePost, isClosed, newCase, withAlert, withPost } from './case.ts';
import type { Cases } from './cases.ts';
import type { Flagged } from './flagged.ts';
import type { Plan } from './policyPlan.ts';

interface Parts {
  cases: Cases;
  flagged: Pick<Flagged, 'add'>;
  now: number;
}

/**
 * Opens one case for everything that a hijacked account has posted, or adds to the open case of one of its messages. Messages
 * that moderators have dealt with are left out. Returns the id of the case; undefined if there is nothing new.
 */
export async function joinHijacked(
  guild: string,
  author: CasePost['author'],
  spree: Spree,
  plan: Plan,
  { cases, flagged, now }: Parts,
): Promise<string | undefined> {
  const known = await Promise.all(spree.posts.map(({ message }) => cases.of(message)));
  if (known.every((one) => one?.hijacked)) return undefined;
  const posts = spree.posts.filter((_, index) => !known[index] || !isClosed(known[index]));
  const [first] = posts;
  if (!first) return undefined;

  const alter = (one: Case) => withSpree(one, author, { ...spree, posts }, plan, now);
  const open = known.find((one) => one !== undefined && !isClosed(one));
  const flaggedBefore = open ? 0 : await flagged.add(guild, author.id, first.message);
  const one = open ?? newCase({ id: await cases.freeId(first.message), guild, lastAt: now, flaggedBefore });
  for (const { message } of posts) if (message !== one.id) await cases.link(message, one);
  if (open) await cases.change(open.id, alter);
  else await cases.create(alter(one));
  return one.id;
}

/** Adds the posts of a spree to a case, and what must be done about them. */
function withSpree(
  one: Case,
  author: CasePost['author'],
  { posts, shared, images, file }: Spree,
  { alerts, steps }: Plan,
  now: number,
): Case {
  const within = (posts.at(-1)?.at ?? 0) - (posts[0]?.at ?? 0);
  // Images in many channels are a sign by themselves. Equal names and sizes are not, so the bytes are compared before anything
  // is done.
  const compared = images || steps.length === 0 ? undefined : file;
  const grown = posts.reduce<Case>(
    (known, post) => withPost(known, postOf(post, author, compared, known), compared === undefined ? steps : [], now),
    { ...one, hijacked: { shared, images, within, steps }, lastAt: now },
  );
  return alerts ? withAlert(grown) : grown;
}

/** The most copies of one case that are compared. */
const mostCompared = 30;

/** `file`: its name in `files`, if it must be compared. */
function postOf(
  { message, channel, text, sources }: RecentPost,
  author: CasePost['author'],
  file: string | undefined,
  { posts }: Case,
): CasePost {
  const post: CasePost = { message, channel, text, author, forwarded: false };
  const source = file === undefined ? undefined : sources.find((one) => copyName(one) === file);
  if (!source) return post;
  const isLost = (source.size ?? 0) > mostHashed || posts.filter(({ copy }) => copy).length >= mostCompared;
  return { ...post, copy: { source, ...(isLost && { isLost }) } };
}
