import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { z } from 'zod';
import { program } from '../fixtures/program.ts';
import { withServer } from './server.ts';

const size = 200 * 1024 * 1024;
const measuredSchema = z.object({ size: z.number(), idle: z.number(), peak: z.number() });

test('a large file does not move memory', () =>
  withServer(
    async (request, response) => {
      if (request.url === '/small') return response.end('warm');
      const chunk = Buffer.alloc(256 * 1024, 'x');
      for (let sent = 0; sent < size; sent += chunk.length) {
        if (!response.write(chunk)) await once(response, 'drain');
      }
      return response.end();
    },
    async ({ host, spool }) => {
      const child = spawn(process.execPath, [...program('test/downloads/fetching.ts'), host, spool, String(size)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const measured = measuredSchema.parse(JSON.parse(await text(child.stdout)));
      assert.equal(measured.size, size);
      const grown = (measured.peak - measured.idle) / 2 ** 20;
      console.log(`# ${grown.toFixed(1)} MiB above idle`);
      assert.ok(grown < 60, `${grown} MiB above idle`);
    },
  ));
