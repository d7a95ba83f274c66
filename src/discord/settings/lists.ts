import { type GuildSettings, type ListedFile, sha256Schema } from './settings.ts';

export type ListName = 'trust' | 'block';

/** The most files on a list, because the list is one row of the store. */
export const longestList = 500;

export const isListName = (name: string): name is ListName => name === 'trust' || name === 'block';

/** Returns the entry of a file. */
export const listed = (settings: GuildSettings, list: ListName, sha256: string): ListedFile | undefined =>
  settings[list].find((file) => file.sha256 === sha256);

export const isFull = (settings: GuildSettings, list: ListName): boolean => settings[list].length >= longestList;

/**
 * Adds a file to the front of a list and removes it from the other list. Returns the same settings if it is listed already or
 * the list is full.
 */
export function enlist(settings: GuildSettings, list: ListName, file: ListedFile): GuildSettings {
  if (listed(settings, list, file.sha256)) return settings;
  const freed = strike(strike(settings, 'trust', [file.sha256]), 'block', [file.sha256]);
  return isFull(freed, list) ? settings : { ...freed, [list]: [file, ...freed[list]] };
}

export function strike(settings: GuildSettings, list: ListName, hashes: readonly string[]): GuildSettings {
  return { ...settings, [list]: settings[list].filter(({ sha256 }) => !hashes.includes(sha256)) };
}

/** Reads a SHA-256 that somebody typed, in any case and with spaces around it; undefined: it is none. */
export const parseSha256 = (typed: string): string | undefined =>
  sha256Schema.safeParse(typed.trim().toLowerCase()).data;
