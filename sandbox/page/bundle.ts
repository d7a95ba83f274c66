import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Bundle {
  script: string;
  /** Of the gallery. */
  gallery: string;
  style: string;
}

const folder = fileURLToPath(new URL('browser', import.meta.url));

/** The browser's part in two files, made once and kept in memory. */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/main.ts`, `${folder}/gallery.ts`, `${folder}/page.css`],
    outdir: folder,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    logLevel: 'silent',
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('main.js'), gallery: text('gallery.js'), style: text('.css') };
}
