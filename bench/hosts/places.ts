import { PermissionFlagsBits as Bits } from 'discord.js';
import { addBotRole, addChannel, addGuild, addMember, newPerson } from '../../sandbox/discord/guilds.ts';
import { everyone } from '../../sandbox/discord/scene.ts';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';
import { systemClock } from '../../src/scan/clock.ts';
import type { StoreOptions } from '../../src/store/store.ts';
import { storeAllSettings, strict } from '../../test/e2e/watching.ts';
import type { Place } from '../kills/work.ts';

const policies = { ...strict, malicious: ['mark' as const, 'alert' as const, 'delete' as const, 'timeOut' as const] };
/** What becomes of a malicious message and its author, in the audit log's numbers: a deletion and a time-out. */
export const acts = [72, 24] as const;

/** Opens servers in which the bot watches everything, with their settings. Their ids are spread over all shards. */
export async function openPlaces(
  { world }: SandboxDiscord,
  count: number,
  store: Pick<StoreOptions, 'dir' | 'url'>,
): Promise<Place[]> {
  const owner = newPerson(world, 'owner of many');
  const places: Place[] = [];
  for (let number = 0; number < count; number += 1) {
    // Servers that were made within a millisecond are on one shard.
    await systemClock.sleep(2);
    const guild = addGuild(world, `Server number ${number}`, owner, everyone);
    const role = addBotRole(world, guild, everyone | Bits.ManageMessages | Bits.ModerateMembers);
    addMember(world, guild, world.bot, [role]);
    let strangers = 0;
    places.push({
      channel: addChannel(world, guild, 'files'),
      alerts: addChannel(world, guild, 'mod-alerts'),
      member: addMember(world, guild, newPerson(world, `member-${number}`)),
      stranger() {
        strangers += 1;
        return addMember(world, guild, newPerson(world, `stranger-${number}-${strangers}`));
      },
    });
  }
  const settings = places.map(({ channel, alerts }) => {
    const own = { watch: 'all' as const, upload: 'auto' as const, alertChannel: alerts.id, policies };
    return [channel.guild_id ?? '', own] as const;
  });
  await storeAllSettings(store, new Map(settings));
  return places;
}
