/**
 * Which engines are one opinion, and whose opinion weighs more. Data, with the source of each entry.
 *
 * Sources:
 * [zhu] Zhu et al., "Measuring and Modeling the Label Dynamics of Online Anti-Malware Engines", USENIX Security 2020: groups of
 *       engines whose answers are not independent, and why one engine alone is a weak sign.
 * [avc] AV-Comparatives and AV-TEST name the engine that each tested product licenses.
 * [vendor] The vendors say it: the same company, or a product of that name before and after it was sold.
 */

/** File scanners that share an engine, under the name of its maker. Every other scanner is a family of its own. */
const fileFamilies: Record<string, string> = {
  // BitDefender licenses its engine to most of these [avc][zhu]; MAX and TACHYON answer with it [zhu].
  BitDefender:
    'ALYac Ad-Aware Arcabit BitDefender BitDefenderFalx BitDefenderTheta CTX Emsisoft FireEye GData MAX MicroWorld-eScan TACHYON Trellix VIPRE eScan nProtect',
  // One company, one engine [vendor].
  Avast: 'AVG Avast Avast-Mobile',
  // Check Point's ZoneAlarm licensed Kaspersky's engine [avc].
  Kaspersky: 'Kaspersky ZoneAlarm',
  // F-Secure and WithSecure license Avira's engine since 2020 [avc].
  Avira: 'Avira AntiVir F-Secure WithSecure',
  K7: 'K7AntiVirus K7GW',
  // One engine under its older and its newer name [vendor].
  QuickHeal: 'CAT-QuickHeal QuickHeal',
  Huorong: 'Huorong huorong',
  APEX: 'APEX SecureAge',
  Cylance: 'ArcticWolf Cylance',
  // Gateway and endpoint products of one company [vendor].
  McAfee: 'McAfee McAfee-GW-Edition McAfeeD Skyhigh SkyHigh TrellixENS',
  TrendMicro: 'TrendMicro TrendMicro-HouseCall',
  Symantec: 'Symantec SymantecMobileInsight',
  Sophos: 'Sophos SophosML Invincea',
  // F-Prot became Commtouch, then Cyren, then Varist [vendor].
  Cyren: 'Cyren Commtouch F-Prot Varist',
  Comodo: 'Comodo Xcitium',
  Lionic: 'AegisLab Lionic',
  Elastic: 'Elastic Endgame',
  Bkav: 'Bkav BkavPro',
  Alibaba: 'Alibaba alibabacloud AlibabaCloud',
  Antiy: 'Antiy-AVL',
  ESET: 'ESET-NOD32 ESET',
  Yandex: 'Agnitum Yandex',
};

const urlFamilies: Record<string, string> = {
  BitDefender: 'BitDefender Emsisoft G-Data GData VIPRE',
  Kaspersky: 'Kaspersky ZoneAlarm',
  Lionic: 'AegisLab AegisLab\u00a0WebGuard Lionic',
};

/** Families with few false alarms in the false-alarm tests of AV-Comparatives, 2019 to 2025. */
const reputableFiles = 'Avast Avira BitDefender ESET Fortinet Kaspersky Microsoft Sophos Symantec'.split(' ');

/**
 * Lists of addresses that are maintained by hand or by a browser maker, with few false alarms. They are other engines than
 * those for files.
 */
const reputableUrls = [
  'Google Safebrowsing',
  ...'Avira BitDefender ESET Fortinet Kaspersky Netcraft OpenPhish Phishtank Sophos Webroot'.split(' '),
];

/** What an engine is asked about. */
export type SubjectKind = 'file' | 'url';

const families = { file: byEngine(fileFamilies), url: byEngine(urlFamilies) };
const reputable = { file: new Set(reputableFiles), url: new Set(reputableUrls) };

/** The family of an engine: engines of one family are one opinion. */
export const engineFamily = (engine: string, subject: SubjectKind): string => families[subject].get(engine) ?? engine;

export const isReputable = (family: string, subject: SubjectKind): boolean => reputable[subject].has(family);

function byEngine(table: Record<string, string>): Map<string, string> {
  return new Map(
    Object.entries(table).flatMap(([family, engines]) => engines.split(' ').map((engine) => [engine, family] as const)),
  );
}
