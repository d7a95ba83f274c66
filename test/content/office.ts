import CFB from 'cfb';

/** A compound file of these streams, of `many` others, and with the root's class id if one is given. */
export function office(streams: Record<string, Buffer>, { many = 0, classId = '' } = {}): Buffer {
  const file = CFB.utils.cfb_new();
  for (let index = 0; index < many; index += 1) CFB.utils.cfb_add(file, `/other${index}`, Buffer.from('other'));
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(file, `/${name}`, content);
  const bytes = Buffer.from(CFB.write(file, { type: 'buffer' }));
  bytes.write(classId, (bytes.readUInt32LE(48) + 1) * 512 + 80, 'hex');
  return bytes;
}
