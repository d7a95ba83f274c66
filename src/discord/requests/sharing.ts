import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';

export const sharingToldSchema = z.object({ server: z.string() });

/** Stands for the server in direct messages. */
const inPrivate = 'private';

/** Remembers which members were told that VirusTotal shares files. Each member is told once in each server. */
export interface Sharing {
  isKnown(server: string | undefined, member: string): Promise<boolean>;
  told(server: string | undefined, member: string): Promise<void>;
  forget(server: string): Promise<void>;
}

export function createSharing(records: Collection<z.infer<typeof sharingToldSchema>>): Sharing {
  return {
    isKnown: async (server = inPrivate, member) => (await records.get(`${server}-${member}`)) !== undefined,
    told: (server = inPrivate, member) => records.set(`${server}-${member}`, { server }),
    forget: (server) => records.deleteWhere('server', server),
  };
}
