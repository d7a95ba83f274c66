import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const project = fileURLToPath(new URL('../..', import.meta.url));
export const textOf = (name: string) => readFile(`${project}/${name}`, 'utf8');

interface Instruction {
  keyword: string;
  rest: string;
}

/** What the Dockerfile says. */
export interface Image {
  /** The images that the stages begin with. */
  bases: string[];
  /** The instructions of the last stage, which is the image that runs. */
  last: Instruction[];
  /** The words of an instruction of the last stage in exec form: there is no shell between Docker and the program. */
  command(keyword: string): string[];
  /** What the last stage copies out of the folder of the project, to where below its working folder. */
  copied: { from: string; to: string }[];
}

export async function readImage(): Promise<Image> {
  const all = instructionsIn(await textOf('Dockerfile'));
  const last = all.slice(all.findLastIndex(({ keyword }) => keyword === 'FROM'));
  const ofKind = (keyword: string) => last.filter((one) => one.keyword === keyword).map(({ rest }) => rest);
  return {
    bases: all.filter(({ keyword }) => keyword === 'FROM').map(({ rest }) => rest.split(' ')[0] ?? ''),
    last,
    command(keyword) {
      const [rest = ''] = ofKind(keyword);
      return z.array(z.string()).parse(JSON.parse(rest.slice(rest.indexOf('['))));
    },
    copied: ofKind('COPY').flatMap((rest) => {
      if (rest.startsWith('--from=')) return [];
      const words = rest.split(' ');
      const to = words.pop() ?? '';
      return words.map((from) => ({ from, to: to.endsWith('/') ? `${to}${from}` : to }));
    }),
  };
}

/** Without comments, and each on one line. */
function instructionsIn(text: string): Instruction[] {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [keyword = ''] = line.split(' ', 1);
      return { keyword, rest: line.slice(keyword.length + 1) };
    });
}
