import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stateOf } from '../../src/virustotal/signature.ts';

const messages = {
  revoked: 'A certificate was explicitly revoked by its issuer.',
  expired:
    'A required certificate is not within its validity period when verifying against the current system clock or the timestamp in the signed file.',
  untrusted:
    'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider.',
  invalid: 'The digital signature of the object did not verify.',
};

for (const [verified, state] of [
  ['Signed', 'valid'],
  ['Valid', 'valid'],
  ['Unsigned', undefined],
  ['No signature was present in the subject.', undefined],
  ['The form specified for the subject is not one supported or known by the specified trust provider.', undefined],
  [messages.revoked, 'revoked'],
  ['The certificate is revoked.', 'revoked'],
  ['Trust for this certificate or one of the certificates in the certificate chain has been revoked.', 'revoked'],
  [messages.expired, 'expired'],
  ['The validity periods of the certification chain do not nest correctly.', 'expired'],
  ['This certificate or one of the certificates in the certificate chain is not time valid.', 'expired'],
  [messages.untrusted, 'untrusted'],
  ['A certificate chain could not be built to a trusted root authority.', 'untrusted'],
  [
    'The certification path terminates with the test root which is not trusted with the current policy settings.',
    'untrusted',
  ],
  ['The certificate was explicitly marked as untrusted by the user.', 'untrusted'],
  ['The subject is not trusted for the specified action.', 'untrusted'],
  ['The revocation process could not continue - the certificate(s) could not be checked.', 'untrusted'],
  ['The revocation function was unable to check revocation because the revocation server was offline.', 'untrusted'],
  [messages.invalid, 'invalid'],
  ['The timestamp signature and/or certificate could not be verified or is malformed.', 'invalid'],
  ['Generic trust failure.', 'invalid'],
  ['MissingPlist', 'invalid'],
  ['Signed by nobody', 'invalid'],
  [undefined, undefined],
] as const) {
  test(`a check that says "${verified}" means ${state ?? 'that there is no signature'}`, () => {
    assert.equal(stateOf(verified, []), state);
    assert.equal(stateOf(verified?.toUpperCase(), ['peexe']), state);
    assert.equal(stateOf(verified?.replace(/\.$/, ''), []), state);
  });
}

for (const [verified, tags, state] of [
  ['Signed', ['signed', 'overlay'], 'valid'],
  // As VirusTotal has it of a program of Embarcadero.
  ['Signed', ['signed', 'invalid-signature', 'corrupt', 'revoked-cert'], 'revoked'],
  ['Signed', ['signed', 'invalid-signature'], 'invalid'],
  ['Signed', ['signed', 'corrupt'], 'invalid'],
  ['Signed', ['signed', 'expired-cert'], 'expired'],
  ['Signed', ['signed', 'self-signed'], 'untrusted'],
  [messages.expired, ['signed', 'invalid-signature'], 'expired'],
  [messages.untrusted, ['invalid-signature'], 'untrusted'],
  [messages.invalid, ['revoked-cert'], 'revoked'],
  [undefined, ['signed', 'revoked-cert'], 'revoked'],
  // Nobody says that it holds.
  [undefined, ['signed'], undefined],
  // There is nothing that could be wrong.
  [undefined, ['corrupt', 'peexe'], undefined],
  ['Unsigned', ['corrupt'], undefined],
  ['Signed', [null, 7, 'constructor', '__proto__'], 'valid'],
] as const) {
  test(`"${verified}" with the tags ${tags.join(', ')} is ${state ?? 'no signature'}`, () => {
    assert.equal(stateOf(verified, tags), state);
  });
}

test('only a check that says so, and no tag that contradicts it, makes a signature valid', () => {
  const tag = fc.oneof(
    fc.constantFrom('signed', 'invalid-signature', 'revoked-cert', 'corrupt', 'expired', 'self-signed', 'peexe'),
    fc.jsonValue(),
  );
  const text = fc.oneof(fc.constantFrom('Signed', 'Unsigned', undefined, ...Object.values(messages)), fc.string());
  const bad = /^(invalid-signature|revoked-cert|corrupt|expired|expired-cert|self-signed)$/;
  fc.assert(
    fc.property(text, fc.array(tag), (verified, tags) => {
      const isValid = stateOf(verified, tags) === 'valid';
      const contradicts = tags.some((one) => typeof one === 'string' && bad.test(one));
      if (isValid) assert.ok(/^(signed|valid)\.?$/i.test(verified ?? '') && !contradicts);
      if (verified === 'Signed' && !contradicts) assert.ok(isValid);
    }),
  );
});
