import { z } from 'zod';
import type { SandboxFile } from '../discord/storedFile.ts';
import { lockedZip } from '../lockedZip.ts';
import { eicar } from '../virustotal/eicar.ts';
import type { KnownFile } from '../virustotal/known.ts';

export const sampleId = z.enum(['eicar', 'document', 'disguised', 'locked', 'large', 'known', 'obscure']);
export type SampleId = z.infer<typeof sampleId>;

interface Sample {
  note: string;
  file: SandboxFile;
}

const megabyte = 1024 * 1024;
const program = (text: string) => Buffer.from(`MZ${text}`, 'latin1');
const knownProgram = program('An installer that everybody has.\n');

/** Files to try the bot with. Nothing in them is dangerous: the sandbox's VirusTotal goes by their marker lines. */
const samples: Record<SampleId, Sample> = {
  eicar: { note: 'the test file that every scanner calls malware', file: { name: 'eicar.com', content: eicar() } },
  document: {
    note: 'harmless',
    file: {
      name: 'agenda.pdf',
      contentType: 'application/pdf',
      content: '%PDF-1.7\n% Monday: milk, bread, backups.\n',
    },
  },
  disguised: {
    note: 'a program that calls itself a picture',
    file: { name: 'holiday.png', contentType: 'image/png', content: program('\nvtscan-sandbox: malicious\n') },
  },
  locked: {
    note: 'encrypted, its password is "infected"',
    file: { name: 'documents.zip', content: lockedZip('invoice.exe', 'vtscan-sandbox: malicious\n') },
  },
  large: {
    note: '40 MB, made as it is read',
    file: { name: 'backup.img', content: { size: 40 * megabyte, chunks: () => zeros(40) } },
  },
  known: { note: 'VirusTotal knows it already', file: { name: 'setup.exe', content: knownProgram } },
  obscure: {
    note: 'one little-known engine objects',
    file: { name: 'keyboard-tool.exe', content: program('\nvtscan-sandbox: one-detection\n') },
  },
};

/** What the sandbox's VirusTotal has before anybody uploads it. */
export const knownFiles: KnownFile[] = [{ content: knownProgram, name: 'setup.exe' }];

export const sampleFile = (id: SampleId): SandboxFile => samples[id].file;

export const sampleViews = (): SampleView[] =>
  sampleId.options.map((id) => ({ id, name: samples[id].file.name, note: samples[id].note }));

function* zeros(megabytes: number): Generator<Uint8Array> {
  const chunk = new Uint8Array(megabyte);
  for (let left = megabytes; left > 0; left--) yield chunk;
}

export interface SampleAddress {
  address: string;
  note: string;
}

/** Addresses to try the bot with: the sandbox's VirusTotal goes by the words in their hosts, and nobody visits them. */
export const sampleAddresses: SampleAddress[] = [
  { address: 'https://free-gift.malicious.example/claim', note: 'a bad one' },
  { address: 'https://library.example/opening-hours', note: 'a good one' },
];

export interface SampleView {
  id: SampleId;
  name: string;
  note: string;
}
