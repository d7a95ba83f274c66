import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Change } from './book.ts';
import { isListName } from './lists.ts';
import type { GuildSettings } from './settings.ts';

const entrySchema = z.object({
  /** ms since the epoch */
  at: z.number(),
  /** A user's id. */
  who: z.string(),
  /** The old and new values by setting. For a list, `from` are the removed files and `to` the added ones. */
  what: z.record(z.string(), z.object({ from: z.unknown().optional(), to: z.unknown().optional() })),
});
export type LoggedChange = z.infer<typeof entrySchema>;

/** The changes of one server on one day. */
export const settingsLogSchema = z.object({ guild: z.string(), changes: z.array(entrySchema) });

const day = 24 * 60 * 60_000;
const daysKept = 30;
export const settingsLogKept = (daysKept + 1) * day;

/** Every change of settings in the last 30 days. */
export interface SettingsLog {
  add(change: Change): Promise<void>;
  /** Newest first. */
  of(guild: string): Promise<LoggedChange[]>;
  forget(guild: string): Promise<void>;
}

/** `records` lose a row after `settingsLogKept`. */
export function createSettingsLog(
  records: Collection<z.infer<typeof settingsLogSchema>>,
  now: () => number,
): SettingsLog {
  const inTurn = createTurns();
  const key = (guild: string, at: number) => `${guild}-${new Date(at).toISOString().slice(0, 10)}`;
  return {
    add: ({ guild, who, before, after }) =>
      inTurn(guild, async () => {
        const at = now();
        const today = await records.get(key(guild, at));
        const change = { at, who, what: differences(before, after) };
        await records.set(key(guild, at), { guild, changes: [change, ...(today?.changes ?? [])] });
      }),
    async of(guild) {
      const until = now();
      const days = Array.from({ length: daysKept + 1 }, (_, ago) => key(guild, until - ago * day));
      const rows = await Promise.all(days.map((one) => records.get(one)));
      return rows.flatMap((row) => row?.changes ?? []).filter(({ at }) => at > until - daysKept * day);
    },
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}

/** Returns the differences by setting. Parts of a setting have names such as `policies.malicious`. */
function differences(before: GuildSettings, after: GuildSettings): LoggedChange['what'] {
  const [from, to] = [flat(before), flat(after)];
  const names = [...new Set([...from.keys(), ...to.keys()])];
  const differing = names.filter((name) => !isDeepStrictEqual(from.get(name), to.get(name)));
  return Object.fromEntries(
    differing.map((name) =>
      isListName(name)
        ? [name, { from: without(before[name], after[name]), to: without(after[name], before[name]) }]
        : [name, { from: from.get(name), to: to.get(name) }],
    ),
  );
}

/** Returns the values that are not objects, by path. Lists are values. */
function flat(settings: GuildSettings): Map<string, unknown> {
  const parts = Object.entries(settings).flatMap(([name, value]): [string, unknown][] =>
    typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).map(([part, inner]) => [`${name}.${part}`, inner])
      : [[name, value]],
  );
  return new Map(parts);
}

type Files = GuildSettings['trust'];

export const without = (files: Files, others: Files): Files =>
  files.filter(({ sha256 }) => !others.some((other) => other.sha256 === sha256));
