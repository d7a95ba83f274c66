// node --import tsx docs/library.ts FILE...   (with VIRUSTOTAL_API_KEY set)
import { createScanner } from '../src/index.ts';

const { VIRUSTOTAL_API_KEY: apiKey = '', VIRUSTOTAL_API_URL: apiUrl, DATA_DIR: dataDir = './data' } = process.env;

const scanner = await createScanner({ apiKey, dataDir, ...(apiUrl && { apiUrl }) });

for (const path of process.argv.slice(2)) {
  const token = await scanner.upload(path);
  console.log(path, token, (await scanner.getResult(token))?.status);

  const result = await scanner.settled(token);
  const flagged = result?.detail.filter((row) => row.ScanDetected) ?? [];
  console.log(path, result?.status, `${flagged.length}/${result?.detail.length} engines`);
  for (const { VendorName, ScanResult } of flagged) console.log(`  ${VendorName}: ${ScanResult}`);
}

await scanner.close();
