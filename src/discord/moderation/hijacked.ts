import { mostHashed } from '../watching/bytes.ts';
import { copyName, type RecentPost, type Spree } from '../watching/spree.ts';
import { type Case, type CasePost, isClosed, withAlert, withPost } from './case.ts';
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
  { posts, shared, images, file }: Spree,
  { alerts, steps }: Plan,
  { cases, flagged, now }: Parts,
): Promise<string | undefined> {
  const known = await Promise.all(posts.map(({ message }) => cases.of(message)));
  if (known.every((one) => one?.hijacked)) return undefined;
  const fresh = posts.filter((_, index) => !known[index] || !isClosed(known[index]));
  const [first, last] = [fresh[0], fresh.at(-1)];
  if (!first || !last) return undefined;

  const hijacked = { shared, images, within: last.at - first.at, steps };
  // Images in many channels are a sign by themselves. Equal names and sizes are not, so the bytes are compared before anything
  // is done.
  const compared = images || steps.length === 0 ? undefined : file;
  const acts = compared === undefined ? steps : [];
  const grow = (one: Case): Case =>
    fresh.reduce<Case>((grown, post) => withPost(grown, postOf(post, author, compared, grown), acts, now), {
      ...one,
      hijacked,
      lastAt: now,
    });
  const alter = (one: Case): Case => (alerts ? withAlert(grow(one)) : grow(one));
  const open = known.find((one) => one !== undefined && !isClosed(one));
  const one =
    open ?? (await newCase(guild, first.message, await flagged.add(guild, author.id, first.message), { cases, now }));
  for (const { message } of fresh) if (message !== one.id) await cases.link(message, one);
  if (open) await cases.change(open.id, alter);
  else await cases.create(alter(one));
  return one.id;
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

async function newCase(
  guild: string,
  message: string,
  flaggedBefore: number,
  { cases, now }: Omit<Parts, 'flagged'>,
): Promise<Case> {
  const nothing = { files: [], posts: [], acts: [], alert: { state: 'none' } as const, revision: 0, shown: -1 };
  return { kind: 'case', id: await cases.freeId(message), guild, lastAt: now, flaggedBefore, ...nothing };
}
