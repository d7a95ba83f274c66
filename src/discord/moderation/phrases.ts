import type { Locale } from '../../locales/en-US.ts';
import { code, fileName } from '../cards/text.ts';
import { actions } from './actions/registry.ts';
import type { Act } from './actRecord.ts';
import { befalls, type Case, type CaseFile } from './case.ts';

/** Names the targets of an act, so that nobody can mistake them for others. Names are inert. */

const mostNamed = 10;
/** Characters. */
const longestLink = 150;

/** Mentions people, names files, and counts messages by author and channel. */
export function phraseOf(one: Case, kind: Act['kind'], targets: readonly string[], { alerts }: Locale): string {
  switch (kind === 'tellAuthor' ? 'people' : actions[kind].target) {
    case 'people':
      return named(targets.map(mention), alerts);
    case 'files':
      return named(
        targets.map((sha256) => nameOf(one, sha256)),
        alerts,
      );
    case 'messages': {
      const posts = one.posts.filter(({ message }) => targets.includes(message));
      const people = new Set(posts.map(({ author }) => (author.kind === 'webhook' ? '' : mention(author.id))));
      const channels = new Set(posts.map(({ channel }) => `<#${channel}>`));
      return alerts.messages(targets.length, named([...people].filter(Boolean), alerts), named([...channels], alerts));
    }
    case 'case':
      return '';
  }
}

const mention = (user: string) => `<@${user}>`;

function named(names: readonly string[], { and }: Locale['alerts']): string {
  const rest = names.length - mostNamed;
  return and(names.slice(0, mostNamed), Math.max(0, rest));
}

/** Returns a file's name, or a web address in a form that nobody can open by mistake. */
export const shownName = ({ name, isLink }: Pick<CaseFile, 'name' | 'isLink'>): string =>
  isLink ? code(name, longestLink) : fileName(name);

/** The name of a file of the case. */
function nameOf({ files }: Case, sha256: string): string {
  return fileName(files.find((file) => file.sha256 === sha256)?.name ?? sha256.slice(0, 12));
}

/** Returns a target's label in a list of choices: a file's name, a message's author and channel, or a member's name. */
export function labelOf(one: Case, kind: Act['kind'], target: string, channelName: (id: string) => string): string {
  const user = befalls(one, { kind, target });
  const post = one.posts.find(({ message, author }) => message === target || author.id === user);
  const file = one.files.find(({ sha256 }) => sha256 === target);
  if (file) return file.name;
  if (kind === 'delete') return `${post?.author.name ?? target} · #${channelName(post?.channel ?? '')}`;
  return post?.author.name ?? target;
}
