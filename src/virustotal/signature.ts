import type { Signature } from '../verdict/report.ts';

type State = Signature['state'];

/**
 * What is wrong with a signature, in the words of `signature_info.verified`. VirusTotal's reference says that they come from
 * Sigcheck, and from codesign for macOS. Sigcheck prints Windows' message of an error; the names here are those of winerror.h
 * and wincrypt.h. A part of a message is enough, because wordings differ between versions.
 * Any other text, such as "The digital signature of the object did not verify." (TRUST_E_BAD_DIGEST) or codesign's
 * "MissingPlist", means `invalid`.
 */
const texts: readonly [part: string, state: State][] = [
  // "A certificate was explicitly revoked by its issuer." CERT_E_REVOKED
  ['explicitly revoked', 'revoked'],
  // "The certificate is revoked." CRYPT_E_REVOKED
  ['certificate is revoked', 'revoked'],
  // "Trust for this certificate or one of the certificates in the certificate chain has been revoked." CERT_TRUST_IS_REVOKED
  ['has been revoked', 'revoked'],
  // "A required certificate is not within its validity period when verifying against the current system clock or the
  // timestamp in the signed file." CERT_E_EXPIRED
  ['not within its validity period', 'expired'],
  // "The validity periods of the certification chain do not nest correctly." CERT_E_VALIDITYPERIODNESTING
  ['validity periods of the certification chain', 'expired'],
  // "This certificate or one of the certificates in the certificate chain is not time valid." CERT_TRUST_IS_NOT_TIME_VALID
  ['is not time valid', 'expired'],
  // "A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider."
  // CERT_E_UNTRUSTEDROOT
  ['root certificate which is not trusted', 'untrusted'],
  // "A certificate chain could not be built to a trusted root authority." CERT_E_CHAINING
  ['to a trusted root authority', 'untrusted'],
  // "The certification path terminates with the test root which is not trusted with the current policy settings."
  // CERT_E_UNTRUSTEDTESTROOT
  ['test root which is not trusted', 'untrusted'],
  // "The certificate was explicitly marked as untrusted by the user." TRUST_E_EXPLICIT_DISTRUST
  ['marked as untrusted', 'untrusted'],
  // "The subject is not trusted for the specified action." TRUST_E_SUBJECT_NOT_TRUSTED
  ['subject is not trusted', 'untrusted'],
  // "The revocation process could not continue - the certificate(s) could not be checked." CERT_E_REVOCATION_FAILURE
  ['could not be checked', 'untrusted'],
  // "The revocation function was unable to check revocation because the revocation server was offline."
  // CRYPT_E_REVOCATION_OFFLINE
  ['unable to check revocation', 'untrusted'],
];

/** Texts of files without a signature: Sigcheck's own, TRUST_E_NOSIGNATURE and TRUST_E_SUBJECT_FORM_UNKNOWN. */
const unsigned = [
  'unsigned',
  'no signature was present in the subject',
  'the form specified for the subject is not one supported or known by the specified trust provider',
];
/** Sigcheck's word for the file. Single certificates are "Valid". */
const holds = ['signed', 'valid'];

/** Tags that contradict a signature. `tag:signed not (tag:invalid-signature or tag:revoked-cert)` is how analysts search for good ones. */
const tags: Readonly<Record<string, State>> = {
  'revoked-cert': 'revoked',
  'invalid-signature': 'invalid',
  'expired-cert': 'expired',
  expired: 'expired',
  'self-signed': 'untrusted',
  corrupt: 'invalid',
};

/** If several apply, the first of these is reported. `invalid` is last, because it gives no reason. */
const byWeight: readonly State[] = ['revoked', 'expired', 'untrusted', 'invalid', 'valid'];

/**
 * Returns the state of a file's signature, from the text of the check and the tags. undefined: there is no signature, or nobody
 * has checked it.
 */
export function stateOf(verified: string | undefined, tagged: readonly unknown[]): State | undefined {
  const text = verified?.toLowerCase().replace(/\.$/, '') ?? '';
  const isSigned = text === '' ? tagged.includes('signed') : !unsigned.includes(text);
  if (!isSigned) return undefined;
  const claims = tagged.flatMap((tag) => (typeof tag === 'string' && Object.hasOwn(tags, tag) ? [tags[tag]] : []));
  if (text !== '') claims.push(stateOfText(text));
  return byWeight.find((state) => claims.includes(state));
}

function stateOfText(text: string): State {
  if (holds.includes(text)) return 'valid';
  return texts.find(([part]) => text.includes(part))?.[1] ?? 'invalid';
}
