import { PermissionFlagsBits } from 'discord.js';
import type { CaseAct } from '../controls/ids.ts';
import type { SettingsBook } from '../settings/book.ts';
import { actions } from './actions/registry.ts';
import type { Act, Hindrance } from './actRecord.ts';
import { befalls, type Case } from './case.ts';
import type { People, Standing } from './people.ts';

interface Parts {
  people: People;
  settings: Pick<SettingsBook, 'read'>;
}

/** The hindrance for each permission that the bot may lack. */
const lacking = {
  ModerateMembers: 'lacksModerateMembers',
  KickMembers: 'lacksKickMembers',
  BanMembers: 'lacksBanMembers',
  ManageRoles: 'lacksManageRoles',
} as const satisfies Partial<Record<string, Hindrance>>;

const hasLack = (permission: string): permission is keyof typeof lacking => Object.hasOwn(lacking, permission);

/** Returns why an act must not be carried out now; undefined: it may be. */
export async function obstacleTo(
  act: Act & { kind: CaseAct },
  one: Case,
  { people, settings }: Parts,
): Promise<Hindrance | undefined> {
  const { guild } = one;
  const { target, permission } = actions[act.kind];
  const presser = act.by ? await people.member(guild, act.by) : undefined;
  if (act.by && !presser) return 'presserLeft';
  if (target !== 'people' && target !== 'messages') return undefined;

  const user = befalls(one, act);
  const isWebhook = one.posts.some(({ author }) => author.id === user && author.kind === 'webhook');
  if (isWebhook) return target === 'people' ? 'notAMember' : undefined;
  // There may be many messages, and members who have just posted are in the cache.
  const member = await people.member(guild, user, target === 'messages' ? 'remembered' : undefined);
  if (member && !act.by && isStaff(member, (await settings.read(guild)).moderatorRole)) return 'staff';
  if (target === 'messages') return undefined;
  if (hasLack(permission) && !people.may(guild, PermissionFlagsBits[permission])) return lacking[permission];
  if (member && (!member.manageable || (presser && !outranks(presser, member)))) return 'outranked';
  return undefined;
}

/** The bot never acts upon moderators by itself. It only sends alerts about them. */
const isStaff = ({ owner, administrator, moderates, roles }: Standing, role: string | undefined) =>
  owner || administrator || moderates || (role !== undefined && roles.includes(role));

/** Nobody can make the bot do what Discord would not let them do themselves. */
const outranks = (one: Standing, other: Standing) => one.owner || (!other.owner && one.rank > other.rank);
