/** A file's size in decimal units, as Discord shows it. */
export function fileSize(bytes: number): string {
  if (bytes === 1) return '1 byte';
  const names = ['bytes', 'kB', 'MB', 'GB'];
  const power = Math.min(names.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toLocaleString('en', { maximumFractionDigits: 1 })} ${names[power]}`;
}
