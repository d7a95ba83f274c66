import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import { type Case, hasTodo } from './case.ts';
import type { CaseRow } from './caseRow.ts';

export const openCaseSchema = z.object({ id: z.string(), guild: z.string() });

/**
 * The cases of all servers. A case has the id of its first message; its other messages, its alert and its tokens are rows of
 * kind `copy` that lead to it. A message can have a second case. Example: moderators have closed case 10 of message 10, and a
 * file is added to the message. The new case gets the next free id, 11, and case 10 gets `next: 11`: from then on message 10
 * leads to case 11.
 *
 * `revision` counts the changes that the alert must show, and `shown` is the revision that it shows. Example: a case with
 * revision 3 and shown 2 has an alert that must be drawn again. Changes that the alert does not show, such as that an act was
 * tried, are made `withoutRedraw` and are not counted.
 */
export interface Cases {
  get(id: string): Promise<Case | undefined>;
  /** Returns the latest case of a message, an alert or a token. */
  of(key: string): Promise<Case | undefined>;
  /** Returns an id for a new case of the message: the message's own id, or the next one that is free. */
  freeId(message: string): Promise<string>;
  create(one: Case): Promise<void>;
  /** Makes a message, an alert or a token lead to the case. */
  link(key: string, one: Pick<Case, 'id' | 'guild'>): Promise<void>;
  /** Resolves when the change would survive a kill. */
  change(id: string, alter: (one: Case) => Case, redraw?: 'withoutRedraw'): Promise<Case | undefined>;
  /** Returns the cases with something left to do or to show. */
  open(): Promise<{ id: string; guild: string }[]>;
  /** Takes a case out of `open` if nothing is left to do or to show. */
  closeIfDone(id: string): Promise<void>;
  forget(guild: string): Promise<void>;
}

interface CasesParts {
  records: Collection<CaseRow>;
  open: Collection<z.infer<typeof openCaseSchema>>;
}

export function createCases({ records, open }: CasesParts): Cases {
  const inTurn = createTurns();

  async function get(id: string): Promise<Case | undefined> {
    const row = await records.get(id);
    return row?.kind === 'case' ? row : undefined;
  }

  async function save(one: Case): Promise<void> {
    await open.set(one.id, { id: one.id, guild: one.guild });
    await records.set(one.id, one);
  }

  const change: Cases['change'] = (id, alter, redraw) =>
    inTurn(id, async () => {
      const before = await get(id);
      if (!before) return undefined;
      const altered = alter(before);
      if (altered === before) return before;
      const after = redraw === 'withoutRedraw' ? altered : { ...altered, revision: before.revision + 1 };
      await save(after);
      return after;
    });

  return {
    get,
    async of(key) {
      const row = await records.get(key);
      if (row?.kind === 'case') return row.next ? get(row.next) : row;
      return row && get(row.of);
    },
    async freeId(message) {
      let id = message;
      while (await records.get(id)) id = String(BigInt(id) + 1n);
      return id;
    },
    create: (one) => inTurn(one.id, () => save(one)),
    async link(key, { id, guild }) {
      // A message with a case of its own cannot be a link, so that case leads to the next one.
      if (await get(key)) await change(key, (one) => ({ ...one, next: id }), 'withoutRedraw');
      else await records.set(key, { kind: 'copy', guild, of: id });
    },
    change,
    open: () => open.all(),
    closeIfDone: (id) =>
      inTurn(id, async () => {
        const one = await get(id);
        if (!one || (!hasTodo(one) && one.shown === one.revision)) await open.delete(id);
      }),
    async forget(guild) {
      // Each deletion waits for the case's changes, so that none of them brings the case back.
      for (const { id } of (await open.all()).filter((one) => one.guild === guild)) {
        await inTurn(id, async () => {
          await records.delete(id);
          await open.delete(id);
        });
      }
      await records.deleteWhere('guild', guild);
      await open.deleteWhere('guild', guild);
    },
  };
}
