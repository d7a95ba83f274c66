/** The example of a v2 report in the description that the look-up by hash was made from, as far as it goes: 12 of its 40 rows. */
export const seedReport = {
  response_code: 1,
  verbose_msg: 'Scan finished, scan information embedded in this object',
  resource: '99017f6eebbac24f351415dd410d522d',
  scan_id: '52d3df0ed60c46f336c131bf2ca454f73bafdc4b04dfa2aea80746f5ba9e6d1c-1273894724',
  md5: '99017f6eebbac24f351415dd410d522d',
  sha1: '4d1740485713a2ab3a4f5822a01f645fe8387f92',
  sha256: '52d3df0ed60c46f336c131bf2ca454f73bafdc4b04dfa2aea80746f5ba9e6d1c',
  scan_date: '2010-05-15 03:38:44',
  positives: 40,
  total: 40,
  scans: {
    nProtect: { detected: true, version: '2010-05-14.01', result: 'Trojan.Generic.3611249', update: '20100514' },
    'CAT-QuickHeal': { detected: true, version: '10.00', result: 'Trojan.VB.acgy', update: '20100514' },
    McAfee: { detected: true, version: '5.400.0.1158', result: 'Generic.dx!rkx', update: '20100515' },
    TheHacker: { detected: true, version: '6.5.2.0.280', result: 'Trojan/VB.gen', update: '20100514' },
    VirusBuster: { detected: true, version: '5.0.27.0', result: 'Trojan.VB.JFDE', update: '20100514' },
    NOD32: { detected: true, version: '5115', result: 'a variant of Win32/Qhost.NTY', update: '20100514' },
    'F-Prot': { detected: false, version: '4.5.1.85', result: null, update: '20100514' },
    Symantec: { detected: true, version: '20101.1.0.89', result: 'Trojan.KillAV', update: '20100515' },
    Norman: { detected: true, version: '6.04.12', result: 'W32/Smalltroj.YFHZ', update: '20100514' },
    'TrendMicro-HouseCall': { detected: true, version: '9.120.0.1004', result: 'TROJ_VB.JVJ', update: '20100515' },
    Avast: { detected: true, version: '4.8.1351.0', result: 'Win32:Malware-gen', update: '20100514' },
    eSafe: { detected: true, version: '7.0.17.0', result: 'Win32.TRVB.Acgy', update: '20100513' },
  },
  permalink:
    'https://www.virustotal.com/file/52d3df0ed60c46f336c131bf2ca454f73bafdc4b04dfa2aea80746f5ba9e6d1c/analysis/1273894724/',
};
