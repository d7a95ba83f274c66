import { localeOf } from '../../locales/languages.ts';
import type { CaseAct } from '../controls/ids.ts';
import type { Tools } from './actions/action.ts';
import { actions } from './actions/registry.ts';
import { type Act, actKindSchema, type Done, failed } from './actRecord.ts';
import { type AlertParts, postAlert, showAlert } from './alertMessage.ts';
import { befalls, type Case, groundOf, withAct, worstFile } from './case.ts';
import { copiesIn } from './copies.ts';
import { auditReason, type Try } from './enforcer.ts';
import { letterTo, newsFor } from './letter.ts';
import { obstacleTo } from './obstacles.ts';

export interface CarryOutParts extends AlertParts, Tools {
  settings: Tools['settings'];
  serverName(guild: string): string;
}

/**
 * Does everything that is still to be done about a case: posts the alert, carries out the acts, and updates the alert with
 * their results. Acts upon one member or one file are carried out in order. A temporary failure holds up nothing else; the
 * promise rejects at the end, so that the caller tries again.
 */
export async function carryOut(id: string, parts: CarryOutParts): Promise<void> {
  const { cases } = parts;
  const troubles: unknown[] = [];
  const attempt = (work: () => Promise<void>) => work().catch((error: unknown) => troubles.push(error));

  await attempt(() => postAlert(id, parts));
  const one = await cases.get(id);
  for (const about of new Set(one?.acts.map((act) => befalls(one, act))))
    await attempt(() => takeActs(id, about, parts));
  await attempt(() => showAlert(id, parts));
  if (troubles.length > 0) throw troubles[0];
  await cases.closeIfDone(id);
}

/** Carries out the acts upon one member or file in order. Each result is saved before the next act begins. */
async function takeActs(id: string, about: string, parts: CarryOutParts): Promise<void> {
  const find = async () => {
    const one = await parts.cases.get(id);
    const act = one && nextOf(one.acts.filter((other) => befalls(one, other) === about));
    return one && act && { one, act };
  };
  for (let next = await find(); next; next = await find()) {
    const { one, act } = next;
    const end = await take(one, act, parts);
    await parts.cases.change(id, (now) => withAct(now, { ...act, ...end, tried: undefined }));
  }
}

/** A member is told before a removal. */
const order: Act['kind'][] = ['delete', 'timeOut', 'quarantine', 'tellAuthor', ...actKindSchema.options];

/** Returns the next act: the earliest decided, and among those of one moment the first in `order`. */
function nextOf(acts: readonly Act[]): Act | undefined {
  const [next] = acts
    .filter(({ state }) => state === 'todo')
    .toSorted((a, b) => a.at - b.at || order.indexOf(a.kind) - order.indexOf(b.kind));
  return next;
}

async function take(one: Case, act: Act, parts: CarryOutParts): Promise<Done> {
  if (!isControlled(act)) return tell(one, act, parts);
  const obstacle = await obstacleTo(act, one, parts);
  return obstacle ? failed(obstacle) : actions[act.kind].run(act, one, parts, await begin(one, act, parts));
}

const isControlled = (act: Act): act is Act & { kind: CaseAct } => act.kind !== 'tellAuthor';

/** Stores that a request may reach Discord, before it is sent. */
async function begin(one: Case, act: Act, { cases, languages }: CarryOutParts): Promise<Try> {
  await cases.change(one.id, (now) => withAct(now, { ...act, tried: true }), 'withoutRedraw');
  const { reason, pressReason, hijackedReason, spree } = localeOf(await languages.ofServer(one.guild)).alerts;
  const file = worstFile(one);
  const name =
    file?.name ?? (one.hijacked ? spree(one.hijacked.shared, one.hijacked.images, copiesIn(one).same.length > 0) : '?');
  const text = act.by
    ? pressReason(act.byName ?? act.by, name)
    : one.hijacked && !file
      ? hijackedReason(name)
      : reason(groundOf(one), name, file?.flagged ?? 0, file?.opinions ?? 0);
  return { reason: auditReason(text), again: act.tried === true };
}

/** Sends the letter to a member, unless nothing is left to say. */
async function tell(one: Case, act: Act, parts: CarryOutParts): Promise<Done> {
  const isMember = one.posts.some(({ author }) => author.id === act.target && author.kind === 'member');
  const news = isMember ? await certain(newsFor(one, act), one, parts) : [];
  if (news.length === 0) return failed('needless');
  const { again } = await begin(one, act, parts);
  const { appeal } = await parts.settings.read(one.guild);
  const locale = localeOf(await parts.languages.ofMember(act.target, one.guild));
  const letter = letterTo(one, act, news, { server: parts.serverName(one.guild), appeal, locale });
  return parts.enforcer.tell(act.target, { ...letter, again });
}

/** Leaves out removals that cannot happen. */
async function certain(news: readonly Act[], one: Case, parts: CarryOutParts): Promise<Act[]> {
  const kept: Act[] = [];
  for (const act of news) {
    const obstacle = act.state === 'todo' && isControlled(act) ? await obstacleTo(act, one, parts) : undefined;
    if (!obstacle) kept.push(act);
  }
  return kept;
}
