import type { AllowedMentions } from './limits/messages.ts';
import type { Message, User } from './model.ts';

type Mentions = Pick<Message, 'mentions' | 'mention_roles' | 'mention_everyone'>;

export interface Known {
  users: Map<string, User>;
  /** Whether the author may ping this role: a mentionable one, or with the permission to mention all. */
  isPingable(roleId: string): boolean;
  /** Who wrote the message that is replied to. */
  repliedTo: User | undefined;
}

/**
 * Whom a text pings: what it names, as far as `allowed_mentions` lets it; without that field, all of it. @everyone counts
 * for authors who lack the permission too, which Discord forgives and we should not.
 */
export function mentionsIn(content: string, allowed: AllowedMentions | undefined, known: Known): Mentions {
  const parses = (kind: 'users' | 'roles' | 'everyone') => !allowed || (allowed.parse?.includes(kind) ?? false);
  const named = (pattern: RegExp) => [...new Set([...content.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
  const pingedUsers = named(/<@!?(\d+)>/g).filter((id) => parses('users') || allowed?.users?.includes(id));
  const pingedRoles = named(/<@&(\d+)>/g).filter((id) => parses('roles') || allowed?.roles?.includes(id));
  const users = pingedUsers.flatMap((id) => known.users.get(id) ?? []);
  if (known.repliedTo && (!allowed || allowed.replied_user)) users.push(known.repliedTo);
  return {
    mentions: [...new Set(users)],
    mention_roles: pingedRoles.filter(known.isPingable),
    mention_everyone: /@(everyone|here)/.test(content) && parses('everyone'),
  };
}
