/** Discord: at most so many characters of an audit log reason, as it travels: percent-encoded. */
const longest = 512;

/** A reason for the audit log that fits, whatever it is about. */
export function auditReason(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ');
  const characters = [...plain];
  while (encodeURIComponent(characters.join('')).length > longest) characters.pop();
  return characters.join('').trim();
}
