import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A scan's id: 64 lower-case hex characters from a cryptographic source, so that it cannot be guessed. */
export const tokenSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('Token');
export type Token = z.infer<typeof tokenSchema>;

/** Reads a token that a person typed, ignoring surrounding space and case. undefined when it is no token. */
export function parseToken(text: string): Token | undefined {
  return tokenSchema.safeParse(text.trim().toLowerCase()).data;
}

/** Draws tokens until one is not taken. */
export async function drawToken(isTaken: (token: Token) => Promise<boolean>, draw = randomToken): Promise<Token> {
  for (;;) {
    const token = draw();
    if (!(await isTaken(token))) return token;
  }
}

function randomToken(): Token {
  return tokenSchema.parse(randomBytes(32).toString('hex'));
}
