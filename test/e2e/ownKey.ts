import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Member } from '../../sandbox/discord/model.ts';
import type { Endpoint } from '../../sandbox/virustotal/endpoints.ts';
import type { SandboxKey } from '../../sandbox/virustotal/keys.ts';
import { panelOf } from './panel.ts';
import { says, textOf, type World } from './world.ts';

/** A VirusTotal key of a server's own. */
export const ownKey = '0123456789abcdef'.repeat(4);

export const quotas: Endpoint = 'GET /users/{id}/overall_quotas';

/** VirusTotal knows a key of the user `own`. */
export const withKey = ({ virusTotal }: Pick<World, 'virusTotal'>, limits = {}): SandboxKey =>
  virusTotal.addKey({ key: ownKey, userId: 'own', ...limits });

/** The requests about files that were made with this user's key. */
export const askedBy = ({ virusTotal }: World, user: string) =>
  virusTotal.requests.filter((one) => one.user === user && one.endpoint !== quotas).length;

/** Enters a key in the panel, and resolves with what that is answered with. */
export async function enter(
  world: Pick<World, 'discord'>,
  typed: string,
  { button = 'Enter a key …', member }: Entry = {},
) {
  const panel = panelOf(world, member);
  await panel.open();
  await panel.go('key');
  const sent: InteractionHandle = await panel.fill(panel.pressed(button), { key: typed });
  return textOf(await says(sent, /ending in|Nothing was changed/));
}

interface Entry {
  button?: string;
  /** The moderator if nobody is named. */
  member?: Member;
}

/** The files that the bot has written, a backup included, in which the key stands in some form. */
export async function traces({ dataDir }: World): Promise<string[]> {
  const bytes = Buffer.from(ownKey, 'hex');
  const texts = [ownKey, ownKey.toUpperCase(), [...ownKey].reverse().join('')];
  const forms = [
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(btoa(text).slice(0, 80))]),
    ...[
      bytes,
      Buffer.from(bytes.toString('base64').slice(0, 42)),
      Buffer.from(bytes.toString('base64url').slice(0, 42)),
    ],
    // A piece of it would be too much, too.
    Buffer.from(ownKey.slice(8, 32)),
  ];
  const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const found = files.map(async ({ parentPath, name }) => {
    const content = await readFile(join(parentPath, name));
    return forms.some((form) => content.includes(form)) ? [name] : [];
  });
  assert.ok(files.some(({ name }) => name === 'vtscan.sqlite'));
  return (await Promise.all(found)).flat();
}

/** Every byte that the bot has written. */
export async function written(dir: string): Promise<Buffer> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name)));
  return Buffer.concat(await Promise.all(files));
}
