import { z } from 'zod';
import { Failure } from '../scan/failure.ts';

const codedSchema = z.object({ code: z.string().regex(/^\w{1,40}$/) });

/** The code of an error and nothing else: errors of axios hold the address, and its signature gives access to the file. */
const codeIn = (error: unknown) => codedSchema.safeParse(error).data?.code ?? 'no code';

/** Says why a download broke off. */
export const broken = (error: unknown) => `The download broke off (${codeIn(error)}).`;

/** Runs work on a copy. Any error becomes a `file.noRoom`: our disk is at fault, not the host or the file. */
export async function keeping<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Failure('file.noRoom', `The copy cannot be kept (${codeIn(error)}).`);
  }
}
