import type { Mode, Source } from '../../scan/scan.ts';
import type { App } from '../command.ts';
import type { Asked } from '../replies/acknowledge.ts';
import type { Said } from '../replies/said.ts';
import { defaultSettings, uploadOf } from '../settings/settings.ts';
import { accept } from './accept.ts';

export interface Files {
  /** Whether only the member who asked sees the reply; undefined: the server's setting decides. */
  private?: boolean | undefined;
  sources: Source[];
  /** The password for encrypted archives. */
  password?: string | undefined;
  /** A text above the files in the reply. */
  note?: Said | undefined;
  /** Who shared the files, if it was somebody else. */
  owner?: string | undefined;
}

/** Scans the files that a member named, in one reply. Members are told once that VirusTotal shares files. */
export async function scanFiles(interaction: Asked['interaction'], app: App, files: Files): Promise<void> {
  const { sources, password, note, owner } = files;
  const { settings, sharing } = app;
  const server = interaction.guildId ?? undefined;
  const upload = uploadOf(server ? await settings.read(server) : defaultSettings);
  const mode: Mode = upload === 'auto' ? 'scan' : 'lookUp';
  const member = interaction.user.id;
  const mayShare = upload === 'auto' && sources.some(({ kind }) => kind !== 'url');
  const isNews = mayShare && !(await sharing.isKnown(server, member));
  await accept(interaction, app, {
    private: files.private,
    wishes: sources.map((source) => ({ source, mode, password })),
    owner,
    manner: { note, aside: isNews ? { words: 'shared' } : undefined, asks: upload === 'ask' },
  });
  if (isNews) await sharing.told(server, member);
}
