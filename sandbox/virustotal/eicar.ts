/** SHA-256 of the 68 bytes, as the industry publishes it. */
export const eicarSha256 = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f';

/** Kept backwards and in halves: virus scanners delete a checkout that holds the real line. */
const backwards = ['*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$', '}7)CC7)^P(45XZP\\4[PA@%P!O5X'];

/** The harmless file that every virus scanner has agreed to call malware. */
export function eicar(): Buffer {
  return Buffer.from([...backwards.join('')].reverse().join(''), 'latin1');
}
