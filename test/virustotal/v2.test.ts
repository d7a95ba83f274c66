import { virusTotalV2 } from '../../src/virustotal/v2.ts';
import { engineContract } from '../contracts/engine.ts';
import { engineWorld } from './world.ts';

engineContract('VirusTotal v2', () => engineWorld((service, as) => virusTotalV2({ url: service.url2, key: as })), {
  rescan: 'the v2 API analyses files again for private keys only',
  usage: 'the v2 API does not tell what is used of the key',
});
