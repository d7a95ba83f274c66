import { format } from './format.ts';

const { list, number, plural } = format;

const of = (count: number, one: string, many = `${one}s`) => `${number(count)} ${plural(count, { one, other: many })}`;
const counting = (verb: string, one: string) => (count: number) => `${verb} ${of(count, one)}`;

/** The weekly summary in the alert channel. */
export const digest = {
  title: '📅 Weekly digest',
  span: (from: string, until: string) => `${from} to ${until}`,
  checked: (files: number, links: number, verdicts: readonly string[]) => {
    const what = list([of(files, 'file'), ...(links > 0 ? [of(links, 'link')] : [])]);
    return `**Checked:** ${what}${verdicts.length > 0 ? `: ${verdicts.join(', ')}` : ''}`;
  },
  automatic: (acts: readonly string[]) => `**Automatically:** ${acts.length > 0 ? list(acts) : 'nothing'}`,
  moderator: (who: string, acts: readonly string[]) => `${who} ${list(acts)}`,
  moderators: (people: readonly string[]) => `**Moderators:** ${people.join('; ')}`,
  acts: {
    delete: counting('deleted', 'message'),
    timeOut: counting('timed out', 'member'),
    quarantine: counting('quarantined', 'member'),
    kick: counting('kicked', 'member'),
    ban: counting('banned', 'member'),
    trust: counting('trusted', 'file'),
    block: counting('blocked', 'file'),
    claim: counting('took care of', 'alert'),
    resolve: counting('resolved', 'alert'),
    dismiss: counting('dismissed', 'alert'),
    endTimeOut: counting('ended', 'time-out'),
    endQuarantine: counting('ended', 'quarantine'),
    unban: counting('unbanned', 'member'),
    untrust: counting('stopped trusting', 'file'),
    unblock: counting('unblocked', 'file'),
  },
  /** `calls`: by all servers of the bot. */
  quota: (calls: number, unchecked: number, waiting: number) => {
    const skipped =
      unchecked > 0 ? ` ${of(unchecked, 'file was', 'files were')} not checked because it was used up.` : '';
    const late = waiting > 0 ? ` ${of(waiting, 'file is', 'files are')} still waiting.` : '';
    return `**Quota:** this bot sent ${of(calls, 'request')} to VirusTotal, for all its servers.${skipped}${late}`;
  },
  falseAlarms: (cases: number, trusted: number) =>
    `**False alarms:** ${cases === 0 ? 'none' : of(cases, 'alert')}${trusted > 0 ? `, ${of(trusted, 'file')} trusted afterwards` : ''}`,
};
