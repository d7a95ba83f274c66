import type { Message } from '../../sandbox/discord/model.ts';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { openMark } from '../../src/discord/cards/mark.ts';
import type { WatchedMessage, Work } from './work.ts';

type Started = Omit<Work, 'contents'>;
/** Commands and watched messages that are not done. */
export type Open = (Work['commands'] | Work['messages'])[number][];

export interface Faults {
  /** Files without a verdict, and watched messages without all that they end with. */
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

/** What is not done: files without a verdict in the reply, and watched messages without all that they end with. */
export function openIn({ discord }: Sandbox, work: Started): Open {
  const stateOf = stateIn(discord);
  const commands = work.commands.filter((one) => {
    const text = one.handle.messages().map(textOf).join('\n');
    return !isRefused(one) && !(finished(text) && one.names.every((name) => text.includes(name)));
  });
  const messages = work.messages.filter((one) => {
    const { alerts, replies, marks, isThere, done } = stateOf(one);
    if (one.ending === 'malicious') return alerts === 0 || isThere || work.acts.some((act) => !done.includes(act));
    const isMarked = marks.length > 0 && !marks.includes(openMark);
    return !isMarked || (one.ending === 'suspicious' && (alerts === 0 || replies === 0));
  });
  return [...commands, ...messages];
}

/** What is wrong now: at the end it must be nothing. */
export function faultsOf(sandbox: Sandbox, work: Started): Faults {
  const { discord, virusTotal } = sandbox;
  const faults: Faults = { lost: [], doubledReplies: [], doubledAlerts: [], doubledUploads: [], doubledActs: [] };
  const stateOf = stateIn(discord);
  const commands = work.commands.filter((one) => !isRefused(one));
  for (const one of openIn(sandbox, work))
    faults.lost.push(
      'handle' in one
        ? `command of round ${one.round}: ${one.handle.messages().map(textOf).join('\n')}`
        : `message ${one.message.id} of round ${one.round} (${one.ending}): ${JSON.stringify(stateOf(one))}`,
    );
  for (const { round, handle } of commands)
    if (handle.messages().length > 1) faults.doubledReplies.push(`command of round ${round}`);
  for (const one of work.messages) {
    const { alerts, replies, marks } = stateOf(one);
    if (alerts > 1) faults.doubledAlerts.push(`message of round ${one.round}`);
    if (replies > 1 || marks.length > 1) faults.doubledReplies.push(`message of round ${one.round}`);
  }
  const log = grouped(discord.world.auditLog, ({ target_id }) => target_id);
  const deserved = grouped(
    work.messages.filter(({ ending }) => ending === 'malicious'),
    ({ message }) => message.author.id,
  );
  for (const [person, messages] of deserved) {
    for (const act of work.acts) {
      const times = log.get(person)?.filter(({ action_type }) => action_type === act).length ?? 0;
      if (times > messages.length)
        faults.doubledActs.push(
          `${times} times act ${act} for ${messages.length} messages of round ${messages[0]?.round}`,
        );
    }
  }
  const names = new Set([...commands, ...work.messages, ...work.terminals].flatMap((one) => one.names));
  for (const file of virusTotal.model.files.values())
    if (file.timesSubmitted > 1 && file.names.some((name) => names.has(name)))
      faults.doubledUploads.push(`${file.names[0]}, ${file.timesSubmitted} times`);
  return faults;
}

export const isClean = (faults: Faults) => Object.values(faults).every((found: string[]) => found.length === 0);

/** Returns a function that tells what the bot has done about a watched message until now. */
function stateIn({ world }: SandboxDiscord) {
  const own = world.bot.id;
  const said = [...world.messages.values()].flatMap(({ message }) => (message.author.id === own ? message : []));
  const told = new Map([...grouped(said, (one) => one.channel_id)].map(([id, all]) => [id, all.map(textOf)]));
  const replies = grouped(said, ({ message_reference: to }) => to?.message_id);
  const log = grouped(world.auditLog, ({ target_id }) => target_id);
  return ({ message, alerts, names: [first = ''] }: WatchedMessage) => {
    const current = world.messages.get(message.id)?.message;
    return {
      alerts: (told.get(alerts.id) ?? []).filter((text) => text.includes(first)).length,
      replies: replies.get(message.id)?.length ?? 0,
      marks: (current?.reactions ?? []).flatMap(({ emoji, users }) => (users.includes(own) ? emoji.name : [])),
      isThere: current !== undefined,
      done: [...new Set(log.get(message.author.id)?.map(({ action_type }) => action_type))],
    };
  };
}

function grouped<One, Key>(all: readonly One[], keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

export const textOf = ({ content, embeds }: Message) =>
  [content, ...embeds.flatMap(({ title, description }) => [title, description])].join('\n');
