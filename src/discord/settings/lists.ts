import { type GuildSettings, type ListedFile, sha256Schema } from './settings.ts';

export type ListName = 'trust' | 'block';

/** More would make a row of the store large. */
export const longestList = 500;

export const isListName = (name: string): name is ListName => name === 'trust' || name === 'block';

/** The entry for that file. */
export const listed = (settings: GuildSettings, list: ListName, sha256: string): ListedFile | undefined =>
  settings[list].find((file) => file.sha256 === sha256);

export const isFull = (settings: GuildSettings, list: ListName): boolean => settings[list].length >= longestList;

/** Newest first; the same settings when it is listed already or the list is full. A file on one list leaves the other. */
export function enlist(settings: GuildSettings, list: ListName, file: ListedFile): GuildSettings {
  if (listed(settings, list, file.sha256)) return settings;
  const freed = strike(strike(settings, 'trust', [file.sha256]), 'block', [file.sha256]);
  return isFull(freed, list) ? settings : { ...freed, [list]: [file, ...freed[list]] };
}

export function strike(settings: GuildSettings, list: ListName, hashes: readonly string[]): GuildSettings {
  return { ...settings, [list]: settings[list].filter(({ sha256 }) => !hashes.includes(sha256)) };
}

/** What somebody typed, in any case and with spaces around it. */
export const parseSha256 = (typed: string): string | undefined =>
  sha256Schema.safeParse(typed.trim().toLowerCase()).data;
