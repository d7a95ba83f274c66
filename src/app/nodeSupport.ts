/**
 * The last day on which each major version of Node gets security fixes. Source: https://github.com/nodejs/Release, and for
 * later versions its `schedule.json`.
 */
const lastDays: Record<string, string> = {
  '20': '2026-04-30',
  '21': '2024-06-01',
  '22': '2027-04-30',
  '23': '2025-06-01',
  '24': '2028-04-30',
  '25': '2026-06-01',
  '26': '2029-04-30',
};

/**
 * Returns a warning for the operator of a Node without security fixes; undefined for a supported Node, and for one that is
 * newer than this table.
 */
export function outOfSupport(version: string, now: number): string | undefined {
  const [major = ''] = version.split('.');
  const lastDay = lastDays[major];
  if (lastDay === undefined || now < Date.parse(lastDay) + 24 * 60 * 60_000) return undefined;
  return `Node ${major} gets no security fixes since ${lastDay}: install Node 24`;
}
