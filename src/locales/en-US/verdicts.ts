import { type AddressRefusal, longestAddress } from '../../address/address.ts';
import type { Disguise } from '../../content/disguise.ts';
import type { Reason } from '../../verdict/verdict.ts';
import type { Warning } from '../../verdict/warnings.ts';
import type { Tone } from '../../verdict/word.ts';
import { format } from './format.ts';

const { list, number, plural } = format;

/** What a word means. `found` counts files in a heading. */
interface Verdict {
  word: string;
  advice: string;
  found(count: number): string;
}

export const verdicts = {
  trusted: {
    word: 'Trusted in this server',
    advice: 'Its moderators trust it: no engine was asked.',
    found: (count) => `${count} trusted`,
  },
  clean: {
    word: 'No engine flagged it',
    advice: 'That is a good sign, not a guarantee: new malware is detected late. Open it only if you expected it.',
    found: (count) => `${count} without findings`,
  },
  empty: {
    word: 'It is empty',
    advice: 'There is nothing in it to scan.',
    found: (count) => `${count} empty`,
  },
  warned: {
    word: 'No engine flagged it, but be careful',
    advice: 'Something else speaks against it: open it only if you know who made it and expected it from them.',
    found: (count) => `${count} with a warning`,
  },
  unknown: {
    word: 'Unknown: treat it as unsafe',
    advice: 'Too few engines gave an opinion on it.',
    found: (count) => `${count} unknown`,
  },
  unseen: {
    word: 'Unknown: treat it as unsafe',
    advice: 'VirusTotal has never seen it. That says nothing about it.',
    found: (count) => `${count} new to VirusTotal`,
  },
  locked: {
    word: 'Locked: nobody could look inside',
    advice: 'Treat it as unsafe. If it is a ZIP of one file, run `/vtscan` on it with its password.',
    found: (count) => `${count} locked`,
  },
  failed: {
    word: 'Not scanned',
    advice: 'Treat it as unsafe.',
    found: (count) => `${count} not scanned`,
  },
  misleading: {
    word: 'Misleading name: do not open it',
    advice: 'No engine flagged it, but honest files do not pretend to be something else. New malware is detected late.',
    found: (count) => plural(count, { one: '1 misleading name', other: `${count} misleading names` }),
  },
  unwanted: {
    word: 'Unwanted program',
    advice: 'Most engines call it adware, a miner or a hacking tool. Remove it unless you installed it on purpose.',
    found: (count) => `${count} unwanted`,
  },
  suspicious: {
    word: 'Suspicious: better not open it',
    advice: 'Open it only if you know who made it and expected it from them: it may be a false alarm, or new malware.',
    found: (count) => `${count} suspicious`,
  },
  malicious: {
    word: 'Malicious: do not open it',
    advice:
      'Delete it. If you opened it already, take that device off the network and scan it with an up-to-date antivirus.',
    found: (count) => `${count} malicious`,
  },
  blocked: {
    word: 'Blocked in this server',
    advice: 'Its moderators blocked it: no engine was asked.',
    found: (count) => `${count} blocked`,
  },
} satisfies Record<Tone, Verdict>;

/** What is said instead of the usual words, for reasons that change what one should think. */
export const because = {
  testFile: {
    advice:
      'This is the test file that every antivirus reports on purpose. It does no harm: it shows that scanning works.',
  },
  maybeLocked: {
    word: 'Perhaps locked: treat it as unsafe',
    advice:
      'Part of it could not be read, so the engines may have missed something. If it is a ZIP of one file with a password, run `/vtscan` on it with that password.',
  },
  contradiction: { advice: 'VirusTotal counts engines that flag it, but does not name them.' },
  belowThreshold: { advice: 'Some engines flag it, but fewer than this server counts as suspicious.' },
} satisfies Partial<Record<Reason, Partial<Pick<Verdict, 'word' | 'advice'>>>>;

/** One thing to know beside the word. */
export const warning = (found: Warning): string => {
  switch (found.kind) {
    case 'disguise':
      return `❗ ${disguise(found.disguise)}`;
    case 'locked':
      return found.certain
        ? '❗ It is locked: the engines could not look inside.'
        : '❗ It may be locked: part of it could not be read.';
    case 'falseAlarm':
      return `Probably a false alarm: ${found.by === 'NIST' ? 'it is in the US register of known software' : `${found.by} distributes it`}.`;
    case 'signature':
      return `❗ Its signature${found.signer ? ` by ${found.signer}` : ''} is not valid: ${signatures[found.state]}.`;
    case 'malwareFamily':
      return `❗ It contains the configuration of known malware: ${list(found.names)}.`;
    case 'sandbox':
      return `❗ It behaved like malware when it was run in ${list(found.names)}.`;
    case 'intrusions':
      return `❗ Its traffic raised ${plural(found.count, { one: 'an alert', other: `${number(found.count)} alerts` })} for attacks${examples(found.titles)}.`;
    case 'behaviour':
      return `❗ Its behavior matches ${plural(found.count, { one: 'a rule', other: `${number(found.count)} rules` })} for attacks${examples(found.titles)}.`;
    case 'assessment':
      return '❗ VirusTotal itself rates it as dangerous.';
    case 'community':
      return `❗ VirusTotal's community rates it badly: score ${found.score}${found.malicious > 0 ? `, ${found.malicious} voted malicious` : ''}.`;
    default:
      return found satisfies never;
  }
};

const signatures = {
  revoked: 'its certificate was revoked',
  expired: 'its certificate had expired',
  untrusted: 'its certificate is not trusted',
  invalid: 'the file does not match what was signed',
};

const examples = ([first]: readonly string[]) => (first === undefined ? '' : `, such as ${first}`);

function disguise(found: Disguise): string {
  switch (found.kind) {
    case 'doubleExtension':
      return `Its name looks like a \`.${found.shown}\`, but it is a program (\`.${found.real}\`).`;
    case 'otherContent':
      return `It is named \`.${found.claimed}\`, but its content is \`.${found.real}\`.`;
    case 'direction':
      return 'Its name is written so that it looks like another kind of file.';
    default:
      return found satisfies never;
  }
}

/** Where the words about a file do not fit a web address. */
export const address = {
  verdicts: {
    clean: {
      word: 'No engine flagged it',
      advice: 'That is a good sign, not a guarantee: bad pages are detected late and may hide from the engines.',
    },
    warned: {
      word: 'No engine flagged it, but be careful',
      advice: 'Something else speaks against it: visit it only if you know who sent it and expected it from them.',
    },
    unwanted: {
      word: 'Unwanted: better not visit it',
      advice: 'Most engines that flag it call it unwanted, not dangerous.',
    },
    suspicious: {
      word: 'Suspicious: better not visit it',
      advice: 'Visit it only if you know who sent it and expected it from them: it may be a false alarm, or new.',
    },
    malicious: {
      word: 'Malicious: do not visit it',
      advice: 'If you visited it already, open nothing you downloaded there, and change every password you entered.',
    },
  } satisfies Partial<Record<Tone, Pick<Verdict, 'word' | 'advice'>>>,
  refused: {
    unreadable: 'That is not a web address. Give one as `https://example.com/page`.',
    scheme: 'Only `http` and `https` addresses can be scanned.',
    credentials:
      'That address contains a user name or password, and what is scanned becomes public. Remove everything before the `@`.',
    private: 'That address is in a private network, which VirusTotal cannot reach.',
    tooLong: `That address is longer than ${longestAddress} characters.`,
  } satisfies Record<AddressRefusal, string>,
};
