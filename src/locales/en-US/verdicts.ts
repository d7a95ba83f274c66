import { type AddressRefusal, longestAddress } from '../../address/address.ts';
import type { Disguise } from '../../content/disguise.ts';
import type { Ruling } from '../../scan/scan.ts';
import type { Verdict } from '../../verdict/verdict.ts';

export const verdicts = {
  malicious: { icon: '🔴', word: 'Malicious: do not open it' },
  suspicious: { icon: '🟠', word: 'Suspicious: better not open it' },
  clean: { icon: '🟢', word: 'No engine flagged it' },
  unknown: { icon: '⚪', word: 'Unknown: treat it as unsafe' },
} satisfies Record<Verdict, { icon: string; word: string }>;

export const advice = {
  malicious:
    'Delete it. If you opened it already, take that device off the network and scan it with an up-to-date antivirus.',
  suspicious:
    'Open it only if you know who made it and expected it from them: it may be a false alarm, or new malware.',
  clean: 'That is a good sign, not a guarantee: new malware is found late. Open it only if you expected it.',
  unknown: 'Too few engines gave an opinion on it. Treat it as unsafe.',
  unopened:
    'It is locked, and the engines could not look inside. If it is a ZIP of one file, run `/vtscan` on it with its password.',
} satisfies Record<Verdict | 'unopened', string>;

/** What the moderators of a server have decided about a file. */
export const rulings = {
  trusted: { icon: '✅', word: 'Trusted in this server', about: 'Its moderators trust it: no engine was asked.' },
  blocked: { icon: '🔴', word: 'Blocked in this server', about: 'Its moderators blocked it: no engine was asked.' },
} satisfies Record<Ruling, { icon: string; word: string; about: string }>;

/** A file that no engine flagged and whose name pretends. */
export const misleading = {
  icon: '🟠',
  word: 'No engine flagged it, but its name misleads',
  advice: 'That alone is a reason not to open it: new malware is found late.',
};

export const disguise = (found: Disguise): string => {
  switch (found.kind) {
    case 'doubleExtension':
      return `⚠️ Its name looks like a \`.${found.shown}\`, but it is a program (\`.${found.real}\`).`;
    case 'otherContent':
      return `⚠️ It is named \`.${found.claimed}\`, but its content is \`.${found.real}\`.`;
    case 'direction':
      return '⚠️ Its name is written so that it looks like another kind of file.';
    default:
      return found satisfies never;
  }
};

/** The same about a web address. */
export const address = {
  verdicts: {
    malicious: { icon: '🔴', word: 'Malicious: do not visit it' },
    suspicious: { icon: '🟠', word: 'Suspicious: better not visit it' },
    clean: { icon: '🟢', word: 'No engine flagged it' },
    unknown: { icon: '⚪', word: 'Unknown: treat it as unsafe' },
  } satisfies Record<Verdict, { icon: string; word: string }>,
  advice: {
    malicious: 'If you visited it already, open nothing you downloaded there, and change every password you entered.',
    suspicious: 'Visit it only if you know who sent it and expected it from them: it may be a false alarm, or new.',
    clean: 'That is a good sign, not a guarantee: bad pages are found late, and may hide from the engines.',
    unknown: 'Too few engines gave an opinion on it. Treat it as unsafe.',
  } satisfies Record<Verdict, string>,
  refused: {
    unreadable: 'That is not a web address. Give one as `https://example.com/page`.',
    scheme: 'Only `http` and `https` addresses can be scanned.',
    credentials:
      'That address contains a user name or password, and what is scanned becomes public. Remove everything before the `@`.',
    private: 'That address is in a private network, which VirusTotal cannot reach.',
    tooLong: `That address is longer than ${longestAddress} characters.`,
  } satisfies Record<AddressRefusal, string>,
};
