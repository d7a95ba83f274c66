import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { project } from './fixtures/program.ts';

/** What tests start as processes of their own. */
const programs = [
  'src/main.ts',
  'src/cli/main.ts',
  'src/app/log.ts',
  'docs/library.ts',
  'test/downloads/fetching.ts',
  'test/quota/gateProcess.ts',
  'test/store/leaseProcess.ts',
];

/** Packages of many files, which take long to load one by one. The others are loaded from where they are installed. */
const inlined = ['discord.js', 'zod', 'axios', 'jose'];

/**
 * Compiles the program and the tests into the folder, and returns a file for each group of tests, which imports them: their
 * tests run one after the other in its process. By tsx, each process would look hundreds of files up before its first test.
 */
export async function compile(folder: string, groups: string[][]): Promise<string[]> {
  const commands = (await readdir(join(project, 'commands'))).map((name) => `commands/${name}`);
  const names = groups.map((_, index) => `group-${index}.test`);
  const importing = (path: string) => `import ${JSON.stringify(join(import.meta.dirname, path))};\n`;
  for (const [index, paths] of groups.entries())
    await writeFile(join(folder, `${names[index]}.ts`), paths.map(importing).join(''));
  for (const name of ['node_modules', 'package.json']) await symlink(join(project, name), join(folder, name));

  await build({
    absWorkingDir: project,
    entryPoints: {
      ...Object.fromEntries([...programs, ...commands].map((path) => [path.replace(/\.ts$/, ''), path])),
      ...Object.fromEntries(names.map((name) => [name, join(folder, `${name}.ts`)])),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    // Packages in CommonJS call it.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [packages, places(folder)],
  });
  return names.map((name) => join(folder, `${name}.js`));
}

const packages: Plugin = {
  name: 'packages',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) =>
      inlined.includes(path) || importer.includes('/node_modules/') ? undefined : { path, external: true },
    ),
};

/** Files of `src` find `commands` and package.json compiled; tests and the sandbox find what they read in the project. */
const places = (folder: string): Plugin => ({
  name: 'places',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const place = path.startsWith(join(project, 'src/')) ? join(folder, relative(project, path)) : path;
      const contents = (await readFile(path, 'utf8'))
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(place).href))
        .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(place)))
        .replaceAll(/\bimport\.meta\.filename\b/g, JSON.stringify(place));
      return { contents, loader: 'ts' };
    }),
});
