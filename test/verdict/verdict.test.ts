import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { topDetections } from '../../src/verdict/detections.ts';
import type { Evidence } from '../../src/verdict/evidence.ts';
import { categorySchema, type EngineAnswer, factsSchema } from '../../src/verdict/report.ts';
import { defaultThresholds, enoughOpinions, judge, type Reason, type Thresholds } from '../../src/verdict/verdict.ts';
import { type Word, wordSchema } from '../../src/verdict/word.ts';
import { judgementOn } from '../fixtures/judging.ts';
import { reportOf } from '../fixtures/memoryEngine.ts';

type Told = Parameters<(typeof factsSchema)['parse']>[0];
const silent = reportOf({ undetected: 60 }).engines;
const row = (engine: string, label?: string): EngineAnswer => ({ engine, category: 'malicious', label });
/** `Microsoft: Trojan:Win32/X, AVG` */
const flags = (text: string): EngineAnswer[] =>
  text.split(', ').map((one) => {
    const [engine = '', label] = one.split(/: (.*)/);
    return row(engine, label);
  });

describe('the rule', () => {
  const cases: [what: string, engines: string, word: Word, reason: Reason][] = [
    ['three families', 'DrWeb: Trojan.X, Rising: Worm.Y, VBA32: Backdoor.Z', 'malicious', 'families'],
    ['a reputable family and another', 'Microsoft: Trojan:Win32/X, Zoner: Trojan.X', 'malicious', 'reputableFamily'],
    ['a reputable family alone', 'Kaspersky: HEUR:Trojan.Win32.Generic', 'suspicious', 'fewFamilies'],
    ['one unknown engine', 'Jiangmin: Trojan.Generic.dzrfr', 'suspicious', 'fewFamilies'],
    ['two that are not reputable', 'Jiangmin: Trojan.X, VBA32: Trojan.X', 'suspicious', 'fewFamilies'],
    [
      'eight resellers of one engine and a guess',
      'ALYac: Gen:Variant.Razy.1, Arcabit: Trojan.Razy.D1, BitDefender: Gen:Variant.Razy.1, Emsisoft: Gen:Variant.Razy.1 (B), FireEye: Gen:Variant.Razy.1, GData: Gen:Variant.Razy.1, MAX: malware (ai score=88), MicroWorld-eScan: Gen:Variant.Razy.1, Rising: Trojan.Generic@ML.80 (RDML:Bh8x)',
      'suspicious',
      'fewFamilies',
    ],
    [
      'one company under its names of several years',
      'CAT-QuickHeal: Trojan.X, QuickHeal: Trojan.X, Huorong: Trojan.X, huorong: Trojan.X',
      'suspicious',
      'fewFamilies',
    ],
    [
      'McAfee, now Trellix, under four names',
      'McAfee: Trojan.X, McAfeeD: Trojan.X, TrellixENS: Trojan.X, Skyhigh: Trojan.X, Zoner: Trojan.X',
      'suspicious',
      'fewFamilies',
    ],
    ['AVG and Avast, which are one', 'AVG: Win32:Trojan-gen, Avast: Win32:Trojan-gen', 'suspicious', 'fewFamilies'],
    [
      'four names of machine learning',
      'Trapmine: malicious.moderate.ml.score, MaxSecure: Trojan.Malware.300983.susgen, Bkav: W32.AIDetectNet.01, Microsoft: Trojan:Win32/Wacatac.B!ml',
      'suspicious',
      'guesses',
    ],
    ['a coin wallet', 'ESET-NOD32: a variant of Win64/CoinMiner.GG potentially unwanted', 'unwanted', 'unwantedLabels'],
    [
      'adware, one cloud guess among it',
      'Kaspersky: not-a-virus:HEUR:AdWare.AndroidOS.Ewind.kp, Microsoft: PUA:Win32/Puamson.A!ml, Fortinet: Riskware/Generic.Z, McAfee: Artemis!9148',
      'unwanted',
      'unwantedLabels',
    ],
    [
      'a miner that three call a trojan',
      'AVG: Win32:HarHarMiner-A [Trj], DrWeb: Trojan.CoinMiner, K7GW: Trojan ( 0054e2771 )',
      'malicious',
      'families',
    ],
    ['as much malware as unwanted', 'Microsoft: PUA:Win32/X, Sophos: Mal/Generic-S', 'suspicious', 'fewFamilies'],
    [
      'one who calls it unwanted among models that all object',
      'ESET-NOD32: Win32/X potentially unwanted, APEX: Malicious, CrowdStrike: win/malicious_confidence_90% (W), Elastic: malicious (high confidence)',
      'suspicious',
      'guesses',
    ],
  ];
  for (const [what, engines, word, reason] of cases)
    test(`${what}: ${word}`, () => {
      const judgement = judgementOn([...flags(engines), ...silent]);
      assert.deepEqual([judgement.word, judgement.reason], [word, reason]);
    });

  describe('the test file', () => {
    const named = 'Microsoft: Virus:DOS/EICAR_Test_File, Kaspersky: EICAR-Test-File, Avast: EICAR Test-NOT virus!!!';
    const reasonOn = (known: Partial<Evidence>, others = '') =>
      judgementOn([...flags(named + others), ...silent], known).reason;
    const archive = '2546dcffc5ad854d4ddc64fbf056871cd5a00f2471cb7a5bfd4ac23b6e9eedad';

    test('is said to be one', () => {
      assert.equal(reasonOn({ size: 68 }), 'testFile');
      assert.equal(reasonOn({ size: 128 }, ', K7GW: Trojan ( 1 )'), 'testFile');
      assert.equal(reasonOn({ size: 184, sha256: archive }), 'testFile');
    });
    test('is not what holds it beside other things, or has an unknown size', () => {
      assert.equal(reasonOn({ size: 129 }), 'families');
      assert.equal(reasonOn({ size: 1_000_000 }, ', K7GW: Trojan ( 1 )'), 'families');
      assert.equal(reasonOn({}), 'families');
    });
  });

  test('the category suspicious alone makes nothing malicious', () =>
    assert.equal(judgementOn(reportOf({ suspicious: 20, undetected: 40 }).engines).word, 'suspicious'));
});

describe('silence', () => {
  const cases: [what: string, evidence: Partial<Evidence>, word: Word, reason: Reason][] = [
    ['sixty opinions', { engines: silent }, 'clean', 'nothingFound'],
    ['ten opinions', { engines: reportOf({ undetected: 9, harmless: 1 }).engines }, 'clean', 'nothingFound'],
    ['nine opinions', { engines: reportOf({ undetected: 9, timeout: 50 }).engines }, 'unknown', 'fewOpinions'],
    ['no row at all', { engines: [] }, 'unknown', 'fewOpinions'],
    ['a locked archive', { engines: silent, lock: 'locked' }, 'locked', 'locked'],
    ['an archive that may be locked', { engines: silent, lock: 'unsure' }, 'locked', 'maybeLocked'],
    ['a name that lies', { engines: silent, disguises: [{ kind: 'direction' }] }, 'misleading', 'misleadingName'],
    [
      'a name that lies about a locked archive',
      { engines: silent, lock: 'locked', disguises: [{ kind: 'direction' }] },
      'misleading',
      'misleadingName',
    ],
    [
      'nineteen opinions on an address',
      { subject: 'url', engines: reportOf({ harmless: 19, other: 70 }).engines },
      'unknown',
      'fewOpinions',
    ],
    ['twenty on an address', { subject: 'url', engines: reportOf({ harmless: 20 }).engines }, 'clean', 'nothingFound'],
  ];
  for (const [what, evidence, word, reason] of cases)
    test(`${what}: ${word}`, () => {
      const judgement = judgementOn([], evidence);
      assert.deepEqual([judgement.word, judgement.reason], [word, reason]);
    });
});

describe('what VirusTotal itself is sure of', () => {
  const config = { malwareFamilies: ['AgentTesla'] };
  const cases: [what: string, told: Told, evidence: Partial<Evidence>, word: Word, reason: Reason][] = [
    ['the configuration of malware, flagged by none', config, {}, 'suspicious', 'malwareFamily'],
    ['the assessment malicious', { gti: { verdict: 'malicious' } }, {}, 'suspicious', 'assessment'],
    ['the assessment suspicious', { gti: { verdict: 'suspicious' } }, {}, 'clean', 'nothingFound'],
    ['severity high', { severity: 'high' }, {}, 'suspicious', 'assessment'],
    ['severity medium', { severity: 'medium' }, {}, 'clean', 'nothingFound'],
    ['a sandbox alone', { sandboxes: [{ name: 'Zenbox', verdict: 'malicious' }] }, {}, 'clean', 'nothingFound'],
    ['it, of a name that lies', config, { disguises: [{ kind: 'direction' }] }, 'suspicious', 'malwareFamily'],
    ['it, of what is locked', config, { lock: 'locked' }, 'suspicious', 'malwareFamily'],
    ['it, of adware', config, { engines: [...flags('Avast: Adware'), ...silent] }, 'suspicious', 'malwareFamily'],
    ['it, of malware', config, { engines: flags('A: Worm.X, B: Worm.X, C: Worm.X') }, 'malicious', 'families'],
  ];
  for (const [what, told, evidence, word, reason] of cases)
    test(`${what}: ${word}`, () => {
      const judgement = judgementOn(silent, { facts: factsSchema.parse(told), ...evidence });
      assert.deepEqual([judgement.word, judgement.reason], [word, reason]);
    });
});

describe('an address', () => {
  const wordOn = (text: string) =>
    judgementOn([...flags(text), ...reportOf({ harmless: 60 }).engines], { subject: 'url' }).word;

  test('is judged by lists of its own: a reputable one and another make it malicious', () => {
    assert.equal(wordOn('Google Safebrowsing: phishing, MalwarePatrol: malicious'), 'malicious');
    assert.equal(wordOn('Kaspersky: malware, MalwarePatrol: malicious'), 'malicious');
  });
  test('that one list names is suspicious', () => assert.equal(wordOn('MalwarePatrol: malicious'), 'suspicious'));
});

describe('a server', () => {
  const wordBy = (thresholds: Thresholds, text: string) =>
    judge({ subject: 'file', engines: [...flags(text), ...silent], lock: 'open', disguises: [] }, thresholds).word;
  const two = 'Microsoft: Trojan:Win32/X, Kaspersky: Trojan.X';

  test('that asks for more families than the default gets no shorter way', () => {
    assert.equal(wordBy(defaultThresholds, two), 'malicious');
    assert.equal(wordBy({ ...defaultThresholds, malicious: 4 }, two), 'suspicious');
  });
  test('may be content with one', () =>
    assert.equal(wordBy({ ...defaultThresholds, malicious: 1 }, 'Jiangmin: Trojan.X'), 'malicious'));
  test('that wants more for suspicious gets unknown, never clean', () =>
    assert.equal(wordBy({ suspicious: 3, malicious: 5 }, two), 'unknown'));
});

describe('whatever the engines say', () => {
  const label = fc.constantFrom(
    undefined,
    'Trojan.X',
    'PUA.Y',
    'EICAR-Test-File',
    'malicious.high.ml.score',
    'not-a-virus:AdWare.Z',
    'Gen:Variant.Razy.1',
    'Riskware ( 0040eff71 )',
  );
  const engine = fc.constantFrom(
    ...['Microsoft', 'BitDefender', 'GData', 'ALYac', 'Avast', 'AVG', 'APEX', 'DrWeb', 'Zoner', 'Jiangmin', 'VBA32'],
  );
  const answers = fc.array(fc.record({ engine, category: fc.constantFrom(...categorySchema.options), label }), {
    maxLength: 30,
  });
  const subject = fc.constantFrom('file' as const, 'url' as const);
  const lock = fc.constantFrom('open' as const, 'locked' as const, 'unsure' as const);
  const badness = (word: Word) => wordSchema.options.indexOf(word);

  test('nothing that an engine flags is ever clean, and clean needs its opinions', () => {
    fc.assert(
      fc.property(answers, subject, lock, (engines, kind, locked) => {
        const { word, counts } = judgementOn(engines, { subject: kind, lock: locked });
        if (word === 'clean') assert.ok(counts.flagged === 0 && counts.opinions >= enoughOpinions[kind]);
        if (word === 'clean') assert.equal(locked, 'open');
        assert.equal(counts.flagged > 0, ['malicious', 'suspicious', 'unwanted'].includes(word));
      }),
    );
  });

  test('another flag for malware, or a guess, never makes it greener', () => {
    const said = fc.constantFrom('Trojan.X', 'malicious (score: 99)');
    fc.assert(
      fc.property(answers, fc.string({ minLength: 1 }), said, (engines, name, another) => {
        const before = judgementOn(engines).word;
        const after = judgementOn([...engines, row(`New ${name}`, another)]).word;
        // Unwanted may turn into suspicious or malicious, and nothing turns into something better.
        assert.ok(badness(after) >= badness(before), `${before} -> ${after}`);
      }),
    );
  });

  test('a flag of whatever kind never makes something harmless of it', () => {
    fc.assert(
      fc.property(answers, engine, label, (engines, name, said) =>
        assert.ok(badness(judgementOn([...engines, row(name, said)]).word) >= badness('unwanted')),
      ),
    );
  });

  test('another member of a family that flags changes nothing but the count of engines', () => {
    fc.assert(
      fc.property(answers, label, (engines, said) => {
        const known = [...engines, row('BitDefender', said)];
        const more = [...known, row('Emsisoft', said), row('MicroWorld-eScan', said)];
        const [before, after] = [judgementOn(known), judgementOn(more)];
        assert.deepEqual([before.word, before.counts.families], [after.word, after.counts.families]);
      }),
    );
  });

  test('rows without an opinion change nothing', () => {
    const none = fc.constantFrom(
      ...(['timeout', 'confirmed-timeout', 'failure', 'type-unsupported', 'unrated', 'other'] as const),
    );
    fc.assert(
      fc.property(answers, fc.array(fc.record({ engine: fc.string(), category: none })), (engines, rows) =>
        assert.equal(judgementOn([...engines, ...rows]).word, judgementOn(engines).word),
      ),
    );
  });
});

test('top detections name whoever makes a reputable engine before those who license it', () => {
  const engines = flags('ALYac: Gen:X, BitDefender: Gen:Y, AVG: Z, ESET-NOD32: W');
  assert.deepEqual(
    topDetections(engines, 'file').map(({ engines: [name] }) => name),
    ['BitDefender', 'ESET-NOD32', 'ALYac', 'AVG'],
  );
});

test('top detections name reputable engines first, then by alphabet, and fold equal labels', () => {
  const engines = flags('Zillya: Eicar, Microsoft: Virus:DOS/EICAR, Bkav: Eicar, ClamAV, Kaspersky: Eicar');
  assert.deepEqual(
    topDetections(engines, 'file').map(({ engines: names, label }) => [names, label]),
    [
      [['Kaspersky', 'Bkav', 'Zillya'], 'Eicar'],
      [['Microsoft'], 'Virus:DOS/EICAR'],
      [['ClamAV'], undefined],
    ],
  );
});
