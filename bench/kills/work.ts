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

/** What people do between two kills: commands, and messages in a watched channel. */
export interface Work {
  commands: { round: number; names: string[]; handle: InteractionHandle }[];
  messages: { round: number; names: string[]; message: Message; alerts: Channel; isMalicious: boolean }[];
  /** How many different contents VirusTotal has never seen. */
  contents: number;
  /** What each malicious message brings upon its author, in the audit log's numbers: 72 is its deletion, 24 a time-out. */
  acts: readonly AuditEntry['action_type'][];
}

export const noWork = (acts: Work['acts']): Work => ({ commands: [], messages: [], contents: 0, acts });

/** A round of work. Each file is new, so that each of them needs one upload and has a verdict of its own. */
export function doWork({ discord }: Sandbox, work: Work, round: number, place = placeIn(discord)): void {
  const { channel, alerts, member } = place;
  const file = (marks: string) => {
    work.contents += 1;
    const number = work.contents;
    return { name: `file-${number}.exe`, content: `File ${number} of the campaign\nvtscan-sandbox: ${marks}\n` };
  };
  const several = [file('clean'), file('malicious')];
  for (const files of [[file('clean')], several]) {
    const given = files.map((one, index) => [index === 0 ? 'file' : `file${index + 1}`, one]);
    const handle = discord.invoke({ command: 'vtscan', options: Object.fromEntries(given), member, channel });
    work.commands.push({ round, names: files.map(({ name }) => name), handle });
  }
  for (const files of [[file('clean')], [file('malicious'), file('clean')]]) {
    const isMalicious = files.length > 1;
    const message = discord.post({ files, channel, member: isMalicious ? place.stranger() : member });
    work.messages.push({ round, names: files.map(({ name }) => name), message, alerts, isMalicious });
  }
}

export interface Faults {
  /** Files without a verdict, and malicious messages without an alert or an act. */
  lost: string[];
  /** Replies and marks that stand twice. */
  doubledReplies: string[];
  doubledAlerts: string[];
  /** Files that VirusTotal got twice. */
  doubledUploads: string[];
  /** People who were acted upon more often than their messages deserve. */
  doubledActs: string[];
}

/**
 * Discord gives a command to one connection, once: without an answer in time the member is told so and tries again. While the
 * store fails the bot says that itself.
 */
export const isRefused = ({ handle }: Work['commands'][number]) =>
  !handle.interaction.answered ||
  handle.messages().some(({ content }) => content.startsWith('Something went wrong in this bot.'));

const finished = (text: string) => !/Looking|analyzing|Waiting|In progress|Downloading|Uploading|queue/i.test(text);

/** What is wrong now: at the end it must be nothing. */
export function faultsOf({ discord, virusTotal }: Sandbox, work: Pick<Work, 'commands' | 'messages' | 'acts'>): Faults {
  const own = discord.world.bot.id;
  const faults: Faults = { lost: [], doubledReplies: [], doubledAlerts: [], doubledUploads: [], doubledActs: [] };
  const commands = work.commands.filter((one) => !isRefused(one));
  for (const { round, handle, names } of commands) {
    const shown = handle.messages();
    const text = shown.map(textOf).join('\n');
    if (!finished(text) || names.some((name) => !text.includes(name)))
      faults.lost.push(`command of round ${round}: ${text}`);
    if (shown.length > 1) faults.doubledReplies.push(`command of round ${round}`);
  }

  const said = grouped(
    [...discord.world.messages.values()].flatMap(({ message }) => (message.author.id === own ? message : [])),
    ({ channel_id }) => channel_id,
  );
  const told = new Map([...said].map(([channel, messages]) => [channel, messages.map(textOf)]));
  const log = grouped(discord.world.auditLog, ({ target_id }) => target_id);
  const deserved = grouped(
    work.messages.filter(({ isMalicious }) => isMalicious),
    ({ message }) => message.author.id,
  );
  for (const { round, message, names, alerts, isMalicious } of work.messages) {
    const [first = ''] = names;
    const about = (told.get(alerts.id) ?? []).filter((text) => text.includes(first)).length;
    const current = discord.world.messages.get(message.id)?.message;
    const marks = (current?.reactions ?? []).flatMap(({ emoji, users }) => (users.includes(own) ? emoji.name : []));
    const done = new Set(log.get(message.author.id)?.map(({ action_type }) => action_type));
    const isActed = about > 0 && !current && work.acts.every((act) => done.has(act));
    if (!(isMalicious ? isActed : marks.length === 1))
      faults.lost.push(
        `message ${message.id} in ${message.channel_id} of round ${round} (${isMalicious ? 'malicious' : 'clean'}): ${about} alerts, marks ${marks.join(' ') || 'none'}, ${current ? 'there' : 'deleted'}`,
      );
    if (about > 1) faults.doubledAlerts.push(`message of round ${round}`);
    if (marks.length > 1) faults.doubledReplies.push(`message of round ${round}`);
  }
  for (const [person, messages] of deserved) {
    for (const act of work.acts) {
      const times = log.get(person)?.filter(({ action_type }) => action_type === act).length ?? 0;
      if (times > messages.length)
        faults.doubledActs.push(
          `${times} times act ${act} for ${messages.length} messages of round ${messages[0]?.round}`,
        );
    }
  }
  const names = new Set([...commands, ...work.messages].flatMap((one) => one.names));
  for (const file of virusTotal.model.files.values())
    if (file.timesSubmitted > 1 && file.names.some((name) => names.has(name)))
      faults.doubledUploads.push(`${file.names[0]}, ${file.timesSubmitted} times`);
  return faults;
}

export const isClean = (faults: Faults) => Object.values(faults).every((found: string[]) => found.length === 0);

function grouped<One, Key>(all: readonly One[], keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

const textOf = ({ content, embeds }: Message) =>
  [content, ...embeds.flatMap(({ title, description }) => [title, description])].join('\n');
