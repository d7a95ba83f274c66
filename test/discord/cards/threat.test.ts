import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flaggers, threatOf } from '../../../src/discord/cards/threat.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { engineFamily } from '../../../src/verdict/engineFamilies.ts';
import type { EngineAnswer, Facts } from '../../../src/verdict/report.ts';

const flag = (engine: string, label?: string): EngineAnswer => ({ engine, category: 'malicious', label });
const called = (labels: readonly string[], facts: Partial<Facts> = {}) =>
  threatOf(
    {
      engines: labels.map((label, index) => flag(`Engine ${index}`, label)),
      analysedAt: 0,
      facts: { names: [], tags: [], ...facts },
      link: '',
    },
    enUS,
  );

describe('what a file is called', () => {
  const suggested = [
    ['trojan.agenttesla/msil', 'Trojan, Agent Tesla'],
    ['trojan.orcusrat/msil', 'Trojan, Orcus RAT'],
    ['hacktool.powershell', 'Hacking tool, Powershell'],
    ['ransomware.wannacry/wannacryptor', 'Ransomware, WannaCry'],
    ['virus.eicar/test', 'Test file, EICAR'],
    ['trojan.generic/agent', 'Trojan'],
  ] as const;
  for (const [threatLabel, words] of suggested) {
    test(`is "${words}" where VirusTotal suggests ${threatLabel}`, () => {
      assert.equal(called(['Gen:Variant.1'], { threatLabel }), words);
    });
  }

  test('is the family whose configuration was found, before the one that is suggested', () => {
    const facts = { threatLabel: 'trojan.msil', malwareFamilies: ['redline'] };
    assert.equal(called([], facts), 'Trojan, RedLine Stealer');
  });

  test('is the kind that most labels name where nothing is suggested', () => {
    assert.equal(called(['Trojan.A', 'Win32/Adware.B', 'PUA:Adware', 'Adware.C', 'Trojan.D', 'Adware.E']), 'Adware');
  });

  test('is the more usual of two kinds that as many labels name: one engine alone makes no ransomware or test file of it', () => {
    assert.equal(called(['W32.AIDetectNet.01', 'Ransom.Win32.Sabsik.dd!n', 'Trojan.Malware.300983.susgen']), 'Trojan');
    assert.equal(called(['EICAR-Test-File', 'Trojan.Agent']), 'Trojan');
  });

  test('is the first label where no word of it is known, as text in which nothing comes alive', () => {
    assert.equal(called(['**Mal**/Zwx', 'Else']), '\\*\\*Mal\\*\\*/Zwx');
    assert.equal(called([]), undefined);
  });
});

describe('who flagged it', () => {
  test('is three engines that readers know, one of each family', () => {
    const engines = ['ALYac', 'AVG', 'Avast', 'BitDefender', 'Emsisoft', 'Kaspersky', 'Microsoft'].map((name) =>
      flag(name),
    );
    const names = (of: EngineAnswer[]) => flaggers(of, (engine) => engineFamily(engine, 'file'));
    assert.deepEqual(names(engines), ['Microsoft', 'Kaspersky', 'BitDefender']);
    assert.deepEqual(names([flag('ALYac'), flag('Emsisoft'), flag('Zillya')]), ['ALYac', 'Zillya']);
  });
});
