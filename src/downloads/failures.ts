import { z } from 'zod';
import { Failure } from '../scan/failure.ts';

const codedSchema = z.object({ code: z.string().regex(/^\w{1,40}$/) });

/** Only the code: an error of axios holds the address, whose signature opens the file. */
const codeIn = (error: unknown) => codedSchema.safeParse(error).data?.code ?? 'no code';

/** Why a download broke off. */
export const broken = (error: unknown) => `The download broke off (${codeIn(error)}).`;

/** Work on a copy: what goes wrong with the disk is neither the host's fault nor the file's. */
export async function keeping<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Failure('file.noRoom', `The copy cannot be kept (${codeIn(error)}).`);
  }
}
