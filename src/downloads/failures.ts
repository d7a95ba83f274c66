import { z } from 'zod';
import { Failure } from '../scan/failure.ts';

const codedSchema = z.object({ code: z.string().regex(/^\w{1,40}$/) });

/** Only the code of an error: axios's errors contain the address, whose signature gives access to the file. */
const codeIn = (error: unknown) => codedSchema.safeParse(error).data?.code ?? 'no code';

/** Describes why a download broke off. */
export const broken = (error: unknown) => `The download broke off (${codeIn(error)}).`;

/** Runs work on a copy. Any error becomes a `file.noRoom`: our disk is at fault, not the host or the file. */
export async function keeping<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Failure('file.noRoom', `The copy cannot be kept (${codeIn(error)}).`);
  }
}
