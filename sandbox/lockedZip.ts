/** Discord's and VirusTotal's first look goes no further than this: a zip whose only entry is encrypted (APPNOTE 4.3.7). */
export function lockedZip(entryName: string, text: string): Buffer {
  const name = Buffer.from(entryName);
  const data = Buffer.from(text);
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(1, 6);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(data.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, data]);
}
