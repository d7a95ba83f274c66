// node --import tsx docs/library.ts FILE...
// With VIRUSTOTAL_API_KEY set, VirusTotal is asked. DATA_DIR and DATABASE_URL are those of the bot, if there is one: both share
// the key's quota. Without a key, the engine, the store and the clock below are used.
import { Keyv } from 'keyv';
import { createScanner, type Engine, keyvStore, systemClock } from '../src/index.ts';

const { DATA_DIR: dataDir = './data', DATABASE_URL: databaseUrl } = process.env;
const { VIRUSTOTAL_API_KEY: apiKey, VIRUSTOTAL_API_URL: apiUrl } = process.env;

/** An engine that knows one file and flags it: the EICAR test file. */
const eicar = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f';
const ownEngine: Engine = {
  async lookUp(subject) {
    if (subject.kind !== 'file' || subject.hash !== eicar) return undefined;
    const engines = [{ engine: 'Own list', category: 'malicious' as const, label: 'EICAR-Test-File' }];
    const analysedAt = Date.now();
    return { report: { engines, analysedAt, link: `https://example.org/${eicar}` }, lastSubmitted: analysedAt };
  },
  upload: async ({ sha256 }) => sha256,
  submit: async () => 'nothing to wait for',
  async poll() {
    const engines = [{ engine: 'Own list', category: 'undetected' as const }];
    return { finished: true, report: { engines, analysedAt: Date.now(), link: 'https://example.org' } };
  },
  usage: async () => undefined,
  uploadCost: () => 1,
};

const scanner = apiKey
  ? await createScanner({ apiKey, dataDir, ...(databaseUrl && { databaseUrl }), ...(apiUrl && { apiUrl }) })
  : await createScanner({ engine: ownEngine, store: keyvStore(new Keyv()), clock: systemClock });

for (const path of process.argv.slice(2)) {
  const token = await scanner.upload(path);
  console.log(path, token, (await scanner.getResult(token))?.status);

  const result = await scanner.settled(token);
  const flagged = result?.detail.filter((row) => row.ScanDetected) ?? [];
  console.log(path, result?.status, `${flagged.length}/${result?.detail.length} engines`);
  for (const { VendorName, ScanResult } of flagged) console.log(`  ${VendorName}: ${ScanResult}`);
}

await scanner.close();
