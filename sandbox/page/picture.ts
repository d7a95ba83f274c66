import type { World } from '../discord/world.ts';

interface Picture {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}

/** How the formats that browsers draw begin. SVG is not among them: it may hold scripts. */
const beginnings: [type: string, bytes: string][] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '474946383'],
];

/** An attachment that embeds and components show, if its content is a picture. What is none may be malware, and stays here. */
export function picture(world: World, id: string): Picture | undefined {
  const content = world.files.get(id)?.content;
  if (!(content instanceof Uint8Array)) return undefined;
  const bytes = new Uint8Array(content);
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  const found = beginnings.find(([, beginning]) => start.startsWith(beginning));
  return found && { bytes, type: found[0] };
}
