import { type KeyState, keyStateSchema, newKey, settle } from './keyState.ts';

/** A write is tried again if another process has written first. More failures than this mean that something is broken. */
const mostTries = 1_000;

/** A table with one row for each key: the only record of how much of the key is used, for all processes that have it. */
export interface CallTable {
  /** The state and its version, which is 0 if nothing was written yet. `now` is the table's time, in ms since the epoch. */
  read(key: string): Promise<{ now: number; version: number; state: string | undefined }>;
  /** Writes the state that follows `version`. Resolves with false, and writes nothing, if that is not the version any more. */
  replace(key: string, version: number, state: string): Promise<boolean>;
}

interface RowOptions {
  table: CallTable;
  key: string;
  /** The name of this process in the table. */
  me: string;
  now(): number;
}

type Edit = (state: KeyState) => KeyState;

/** The row of one key, as this process sees and changes it. */
export function openRow({ table, key, me, now }: RowOptions) {
  /** As last read or written. */
  let state = newKey;
  /** How much the table's clock is ahead of this process', in ms. */
  let ahead = 0;
  /** Changes that the table has not been told yet. */
  let late: Edit[] = [];
  let writing: Promise<unknown> = Promise.resolve();

  /** Reads the state, changes it and writes it. Resolves with undefined if another process has written meanwhile. */
  async function attempt<Result>(edit: (state: KeyState, now: number) => [KeyState, Result]) {
    const row = await table.read(key);
    ahead = row.now - now();
    const told = late.length;
    const before = late.reduce((current, add) => add(current), settle(parsed(row.state), row.now, me));
    const [after, result] = edit(before, row.now);
    const text = JSON.stringify(after);
    if (text !== row.state && !(await table.replace(key, row.version, text))) return undefined;
    state = after;
    late = late.slice(told);
    return { result };
  }

  return {
    /** The state as last read or written. */
    state: () => state,
    /** The table's time: ms since the epoch. */
    now: () => now() + ahead,
    /** Changes the state. `edit` runs again if another process was faster. One change runs at a time. */
    change<Result>(edit: (state: KeyState, now: number) => [KeyState, Result]): Promise<Result> {
      const changed = writing.then(async () => {
        for (let tries = 0; tries < mostTries; tries++) {
          const done = await attempt(edit);
          if (done) return done.result;
        }
        throw new Error('other processes always write first');
      });
      writing = changed.catch(() => {});
      return changed;
    },
    /** Adds something to the next change. If the table cannot be written now, nothing of it is lost. */
    later: (edit: Edit) => void late.push(edit),
    /** Whether the table has not been told everything. */
    isLate: () => late.length > 0,
    /** Resolves when the changes that were asked for so far have ended. */
    idle: () => writing,
  };
}

/** A state that cannot be read, as of another version, counts as a new one. The service's own counts follow soon. */
function parsed(text: string | undefined): KeyState {
  if (text === undefined) return newKey;
  try {
    return keyStateSchema.parse(JSON.parse(text));
  } catch {
    return newKey;
  }
}

/** The calls of a day ('YYYY-MM-DD'); 0 if that was too long ago. */
export async function callsOn(table: CallTable, day: string, key = ''): Promise<number> {
  return parsed((await table.read(key)).state).days[day] ?? 0;
}
