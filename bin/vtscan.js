#!/usr/bin/env node
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// As with npm, `.env` and a relative DATA_DIR are the project's, and names of files are relative to where the person stands.
// A `.env` in a folder of foreign files must not choose where the API key goes.
const from = process.cwd();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));

// The source is TypeScript, which tsx compiles as it is loaded.
register();
const { runCommandLine } = await import('../src/cli/commandLine.ts');
await runCommandLine({ called: 'vtscan', from });
