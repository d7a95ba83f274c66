import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import { type Case, type CaseRow, hasTodo } from './case.ts';

export const openCaseSchema = z.object({ id: z.string(), guild: z.string() });

/** The cases of all servers. */
export interface Cases {
  get(id: string): Promise<Case | undefined>;
  /** The case that a message is in. */
  of(message: string): Promise<Case | undefined>;
  create(one: Case): Promise<void>;
  /** From now on that message is in the case of another. */
  link(message: string, one: Case): Promise<void>;
  /** Resolves when the change would survive a kill. What the alert has to show changes with it, unless it is `unseen`. */
  change(id: string, alter: (one: Case) => Case, unseen?: 'unseen'): Promise<Case | undefined>;
  /** Those with something to do or to show. */
  open(): Promise<string[]>;
  /** Nothing is to be done or to be shown about it, unless it has changed meanwhile. */
  rest(id: string): Promise<void>;
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

  return {
    get,
    async of(message) {
      const row = await records.get(message);
      return row?.kind === 'copy' ? get(row.of) : row;
    },
    create: save,
    link: (message, { id, guild }) => records.set(message, { kind: 'copy', guild, of: id }),
    change: (id, alter, unseen) =>
      inTurn(id, async () => {
        const before = await get(id);
        if (!before) return undefined;
        const altered = alter(before);
        const after = unseen ? altered : { ...altered, revision: before.revision + 1 };
        await save(after);
        return after;
      }),
    open: async () => (await open.all()).map(({ id }) => id),
    rest: (id) =>
      inTurn(id, async () => {
        const one = await get(id);
        if (!one || (!hasTodo(one) && one.shown === one.revision)) await open.delete(id);
      }),
    async forget(guild) {
      await records.deleteWhere('guild', guild);
      await open.deleteWhere('guild', guild);
    },
  };
}
