import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Member } from '../../sandbox/discord/model.ts';
import type { Endpoint } from '../../sandbox/virustotal/endpoints.ts';
import type { SandboxKey } from '../../sandbox/virustotal/keys.ts';
import { panelOf } from './panel.ts';
import { says, textOf, type World } from './world.ts';

/** A VirusTotal key of a server's own. */
export const ownKey = '0123456789abcdef'.repeat(4);

export const quotas: Endpoint = 'GET /users/{id}/overall_quotas';

/** VirusTotal knows a key of the user `own`. */
export const withKey = ({ virusTotal }: World, limits = {}): SandboxKey =>
  virusTotal.addKey({ key: ownKey, userId: 'own', ...limits });

/** The requests about files that were made with this user's key. */
export const askedBy = ({ virusTotal }: World, user: string) =>
  virusTotal.requests.filter((one) => one.user === user && one.endpoint !== quotas).length;

/** Enters a key in the panel, and resolves with what that is answered with. */
export async function enter(world: World, typed: string, { button = 'Enter a key …', member }: Entry = {}) {
  const panel = panelOf(world, member);
  await panel.open();
  await panel.go('key');
  const sent: InteractionHandle = await panel.fill(panel.pressed(button), { key: typed });
  return textOf(await says(sent, /ending in|Nothing was changed/));
}

interface Entry {
  button?: string;
  /** The moderator if nobody is named. */
  member?: Member;
}
