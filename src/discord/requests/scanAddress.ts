import type { ChatInputCommandInteraction } from 'discord.js';
import { defang, parseAddress } from '../../address/address.ts';
import type { App } from '../command.ts';
import { Refusal } from '../preconditions.ts';
import { scanFiles } from './scanFiles.ts';

export interface TypedAddress {
  /** The text that the member typed. A refusal does not repeat it. */
  text: string;
  private: boolean | undefined;
}

/** Scans a web address. Refuses one that must not become public, and says why. */
export async function scanAddress(interaction: ChatInputCommandInteraction, typed: TypedAddress, app: App) {
  const address = parseAddress(typed.text);
  if (!address.ok) throw new Refusal(app.locale.address.refused[address.refused]);
  const { url } = address;
  await scanFiles(interaction, app, { private: typed.private, sources: [{ kind: 'url', url, name: defang(url) }] });
}
