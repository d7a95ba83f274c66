import type { ChatInputCommandInteraction } from 'discord.js';
import { defang, parseAddress } from '../../address/address.ts';
import type { App } from '../command.ts';
import { Refusal } from '../preconditions.ts';
import { scanFiles } from './scanFiles.ts';

export interface TypedAddress {
  /** As it was typed: what is refused is never repeated. */
  text: string;
  private: boolean | undefined;
}

/** Scans a web address as a file is scanned; what must not become public is refused in words. */
export async function scanAddress(interaction: ChatInputCommandInteraction, typed: TypedAddress, app: App) {
  const address = parseAddress(typed.text);
  if (!address.ok) throw new Refusal(app.locale.address.refused[address.refused]);
  const { url } = address;
  await scanFiles(interaction, app, { private: typed.private, sources: [{ kind: 'url', url, name: defang(url) }] });
}
