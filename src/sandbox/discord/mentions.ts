import type { AllowedMentions } from './limits/messages.ts';
import type { Message, User } from './model.ts';

type Mentions = Pick<Message, 'mentions' | 'mention_roles' | 'mention_everyone'>;

/** Whom a text pings: what it names, as far as `allowed_mentions` lets it; without that field, all of it. */
export function mentionsIn(content: string, allowed: AllowedMentions | undefined, users: Map<string, User>): Mentions {
  const parses = (kind: 'users' | 'roles' | 'everyone') => !allowed || (allowed.parse?.includes(kind) ?? false);
  const named = (pattern: RegExp) => [...new Set([...content.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
  const pingedUsers = named(/<@!?(\d+)>/g).filter((id) => parses('users') || allowed?.users?.includes(id));
  const pingedRoles = named(/<@&(\d+)>/g).filter((id) => parses('roles') || allowed?.roles?.includes(id));
  return {
    mentions: pingedUsers.flatMap((id) => users.get(id) ?? []),
    mention_roles: pingedRoles,
    mention_everyone: /@(everyone|here)/.test(content) && parses('everyone'),
  };
}
