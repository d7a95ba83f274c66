import { z } from 'zod';

const codedSchema = z.object({ code: z.string() }).catch({ code: 'unknown error' });

/** The health server cannot listen. The message says why and what to do. */
export class PortRefused extends Error {
  override readonly name = 'PortRefused';

  constructor(host: string, port: number, cause: unknown) {
    const { code } = codedSchema.parse(cause);
    super(`HTTP_PORT: cannot listen on ${host}:${port} (${code}). ${advice(code)}`, { cause });
  }
}

function advice(code: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return 'Another program uses this port: choose another HTTP_PORT.';
    case 'EACCES':
      return 'This user may not use this port: choose one above 1023.';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'This machine has no such address: correct HTTP_HOST.';
    default:
      return 'Correct HTTP_HOST and HTTP_PORT.';
  }
}
