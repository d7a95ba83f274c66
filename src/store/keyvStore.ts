import type { Keyv } from 'keyv';
import { z } from 'zod';
import { inquirySchema } from '../inquiry/inquiry.ts';
import { scansKept } from '../scan/limits.ts';
import type { ScanStore } from '../scan/ports.ts';
import { type Scan, scanSchema } from '../scan/scan.ts';
import { type Token, tokenSchema } from '../scan/token.ts';
import { createTurns } from '../scan/turns.ts';
import { saltIn } from './salt.ts';
import { inquiriesKept } from './scanStore.ts';

const unfinishedKey = 'unfinished';
/** Of a member's scans. */
const mostRemembered = 100;
const tokensSchema = z.array(tokenSchema).default([]);

/**
 * A store of scans on any Keyv, for one process only. The tokens of unfinished scans are a list under one key. The list is
 * written before a scan is and cleared after it has settled, so a crash leaves a token too many and never one too few.
 */
export function keyvStore(keyv: Keyv): ScanStore {
  const inTurn = createTurns();
  const find = async (token: Token) => scanSchema.optional().parse(await keyv.get(`scan:${token}`));
  const tokens = async () => tokensSchema.parse(await keyv.get(unfinishedKey));

  const ofServer = async (server: string) => tokensSchema.parse(await keyv.get(`server:${server}`));
  const ofMember = async (member: string) => tokensSchema.parse(await keyv.get(`member:${member}`));

  async function list(token: Token, unfinished: boolean): Promise<void> {
    const before = await tokens();
    if (before.includes(token) === unfinished) return;
    await keyv.set(unfinishedKey, unfinished ? [...before, token] : before.filter((other) => other !== token));
  }

  async function put(scan: Scan): Promise<void> {
    const settled = scan.stage === 'settled';
    if (!settled) await list(scan.token, true);
    await keyv.set(`scan:${scan.token}`, scan, settled ? scansKept : undefined);
    // A Keyv cannot be searched, so the tokens of each server are a list too.
    const { server } = scan.origin;
    if (server !== undefined)
      await keyv.set(`server:${server}`, [...new Set([...(await ofServer(server)), scan.token])]);
    if (settled) await list(scan.token, false);
    await remember(scan);
  }

  async function remember({ token, origin: { urgency, member } }: Scan): Promise<void> {
    if (urgency !== 'interactive' || member === undefined) return;
    const known = await ofMember(member);
    if (known.includes(token)) return;
    await keyv.set(`member:${member}`, [token, ...known].slice(0, mostRemembered), scansKept);
  }

  async function remove(token: Token): Promise<void> {
    await keyv.delete(`scan:${token}`);
    await list(token, false);
  }

  return {
    get: find,
    put: (scan) => {
      const copy = structuredClone(scan);
      return inTurn('scans', () => put(copy));
    },
    delete: (token) => inTurn('scans', () => remove(token)),
    deleteOf: (server) =>
      inTurn('scans', async () => {
        for (const token of await ofServer(server)) await remove(token);
        await keyv.delete(`server:${server}`);
      }),
    async recentOf(member, limit) {
      const scans = await Promise.all((await ofMember(member)).map(find));
      return scans
        .filter((scan) => scan !== undefined)
        .toSorted((a, b) => b.createdAt - a.createdAt)
        .slice(0, limit);
    },
    async unfinished() {
      const scans = await Promise.all((await tokens()).map(find));
      return scans.filter((scan) => scan !== undefined && scan.stage !== 'settled');
    },
    inquiries: {
      get: async (key) => inquirySchema.optional().parse(await keyv.get(`inquiry:${key}`)),
      async set(key, inquiry) {
        await keyv.set(`inquiry:${key}`, inquiry, inquiriesKept);
      },
    },
    salt: saltIn({
      get: async () =>
        z
          .string()
          .optional()
          .parse(await keyv.get('salt')),
      set: (salt) => keyv.set('salt', salt),
      turn: (work) => inTurn('salt', work),
    }),
  };
}
