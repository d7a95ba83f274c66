import { runCommandLine } from './commandLine.ts';

const { env } = process;
const isNpmScript = env.npm_lifecycle_event === 'vt';

await runCommandLine({
  called: isNpmScript ? 'npm run -s vt --' : 'vtscan',
  // npm goes to the project's folder first.
  from: (isNpmScript && env.INIT_CWD) || process.cwd(),
});
