/** Encryption dictionaries and file ids as pypdf writes them; of one that anybody may read, and of one with a user password. */
export const encryptions: readonly [what: string, lock: 'open' | 'locked', dictionary: string, id: string][] = [
  [
    'RC4-40, an owner password alone',
    'open',
    '<< /V 1 /R 2 /Length 40 /P 4294967292 /Filter /Standard /O <c92422687facee686e373f10b5c7d04738053152f7e2ee30e11c69ec442576ab> /U <181de85d6ff8e059ca0e868ac4f7520efe11e7d13e4553ca247c93a6f0980425> >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'RC4-40, a user password',
    'locked',
    '<< /V 1 /R 2 /Length 40 /P 4294967292 /Filter /Standard /O <92fe0f4454ad4c9644693f33c07cb54f587dce1e2682fe9ecea6107a1ef630dd> /U <f169e455f85a8785b52eff8394f5d30e04c366ed7e83201e26f54e9c1369296b> >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'RC4-128, an owner password alone',
    'open',
    '<< /V 2 /R 3 /Length 128 /P 4294967292 /Filter /Standard /O <566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5> /U <d06c61c3ba812085d9f9276f06bb4a9d28bf4e5e4e758a4164004e56fffa0108> >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'RC4-128, a user password',
    'locked',
    '<< /V 2 /R 3 /Length 128 /P 4294967292 /Filter /Standard /O <0db5855fc5326569e765906caf64e4429a4c20d6e996fdef963e9b5080f9e083> /U <e9ea9d99e90f8c950820313624dfdae628bf4e5e4e758a4164004e56fffa0108> >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'AES-128, an owner password alone',
    'open',
    '<< /V 4 /R 4 /Length 128 /P 4294967292 /Filter /Standard /O <566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5> /U <d06c61c3ba812085d9f9276f06bb4a9d28bf4e5e4e758a4164004e56fffa0108> /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV2 /Length 16 >> >> /StmF /StdCF /StrF /StdCF >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'AES-128, a user password',
    'locked',
    '<< /V 4 /R 4 /Length 128 /P 4294967292 /Filter /Standard /O <0db5855fc5326569e765906caf64e4429a4c20d6e996fdef963e9b5080f9e083> /U <e9ea9d99e90f8c950820313624dfdae628bf4e5e4e758a4164004e56fffa0108> /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV2 /Length 16 >> >> /StmF /StdCF /StrF /StdCF >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'AES-256-R5, an owner password alone',
    'open',
    '<< /V 5 /R 5 /Length 256 /P 4294967292 /Filter /Standard /O <ae55ce4e4bb19c31d2f196628460b35995996e6d74848c67c28f0bc304acc11d8c047a6b5da4d070c2916c9ecb3700f1> /U <2f58d374303c88a022b3db4d402008babd4f72d99290e23218bf40adf07e9dc841b0c3a375316a5a36d75d8ce30ab5ac> /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'AES-256-R5, a user password',
    'locked',
    '<< /V 5 /R 5 /Length 256 /P 4294967292 /Filter /Standard /O <8ba910e3037d349905067fa7d196bf7b10b841ff597994016361a650d9b308823f3fc18673932182f255b54c0a6f8d81> /U <c352d17b119477b71d6f7e95ecbb66005ae4205c7584a56c57eff9254a9e5e10c0bc96a5f34001f227c325f50ce89dac> /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'AES-256, an owner password alone',
    'open',
    '<< /V 5 /R 6 /Length 256 /P 4294967292 /Filter /Standard /O <8432e8450818f6187284f2f23b23e163f88fed9420b1ddeed4987e114bde444ace6ace7a124d3a78f51543019d66571b> /U <3036d301b05edc6eeea6d55482e0b3eb604dda72738bf02fd689f0b6a6e7b8ee9f35a2808aa7ed22e82617ff599cebe4> /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
  [
    'AES-256, a user password',
    'locked',
    '<< /V 5 /R 6 /Length 256 /P 4294967292 /Filter /Standard /O <64322e2c7d443534dd9c1605f7a4dbdd60a4d0a32124a50dec21842656b8fae55194b71946dd8ec6d0eb6d21942c307f> /U <ba0ea0fcaf87de45ea4d0e2750c4784c2bde07c3f0fdeb71d846295bfbbafe81a3e47cbf9004f6ca77cc1bde435ce1a6> /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>',
    '3533616661313737373162616533366536333364306336333863343866393536',
  ],
];

/** A PDF of no pages, whose trailer says `trailer`. */
export function pdf(objects: readonly string[], trailer: string): Buffer {
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  return Buffer.from(`%PDF-1.7\n${body.join('')}trailer\n<< /Size 9 ${trailer} >>\nstartxref\n0\n%%EOF\n`, 'latin1');
}
