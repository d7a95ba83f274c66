import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { AuditEntry, Channel, Member, Message } from '../../sandbox/discord/model.ts';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** Where people work, and who. */
export interface Place {
  channel: Channel;
  alerts: Channel;
  member: Member;
  /** Who posts what is malicious. */
  stranger(): Member;
}

/** The place that every sandbox has. */
const placeIn = ({ scene }: SandboxDiscord): Place => ({
  channel: scene.files,
  alerts: scene.alerts,
  member: scene.member,
  stranger: () => scene.member,
});

/** What a watched message ends with: a mark; a mark, a reply and an alert; or an alert and what becomes of its author. */
type Ending = 'clean' | 'suspicious' | 'malicious';

export interface WatchedMessage {
  round: number;
  names: string[];
  message: Message;
  alerts: Channel;
  ending: Ending;
}

/** What people do between two kills: commands, messages in a watched channel, and scans in a terminal. */
export interface Work {
  commands: { round: number; names: string[]; handle: InteractionHandle }[];
  messages: WatchedMessage[];
  terminals: { round: number; names: string[] }[];
  /** How many different contents VirusTotal has never seen. */
  contents: number;
  /** What each malicious message brings upon its author, in the audit log's numbers: 72 is its deletion, 24 a time-out. */
  acts: readonly AuditEntry['action_type'][];
}

export const noWork = (acts: Work['acts']): Work => ({ commands: [], messages: [], terminals: [], contents: 0, acts });

/** A file that VirusTotal does not know, so that it needs one upload and has a verdict of its own. */
export function newFile(work: Work, verdict: string) {
  work.contents += 1;
  const number = work.contents;
  return { name: `file-${number}.exe`, content: `File ${number} of the campaign\nvtscan-sandbox: ${verdict}\n` };
}

/** A round of work. */
export function doWork({ discord }: Sandbox, work: Work, round: number, place = placeIn(discord)): void {
  const { channel, alerts, member } = place;
  const file = (verdict: string) => newFile(work, verdict);
  const several = [file('clean'), file('malicious')];
  for (const files of [[file('clean')], several]) {
    const given = files.map((one, index) => [index === 0 ? 'file' : `file${index + 1}`, one]);
    const options = { ...Object.fromEntries(given), private: files === several && round % 2 === 0 };
    const handle = discord.invoke({ command: 'vtscan', options, member, channel });
    work.commands.push({ round, names: files.map(({ name }) => name), handle });
  }
  for (const ending of ['clean', 'suspicious', 'malicious'] as const) {
    const files = [file(ending), ...(ending === 'clean' ? [] : [file('clean')])];
    const message = discord.post({ files, channel, member: ending === 'malicious' ? place.stranger() : member });
    work.messages.push({ round, names: files.map(({ name }) => name), message, alerts, ending });
  }
}
