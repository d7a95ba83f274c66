import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Message } from '../../sandbox/discord/model.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** What people do between two kills: commands, and messages in a watched channel. */
export interface Work {
  commands: { round: number; names: string[]; handle: InteractionHandle }[];
  messages: { round: number; names: string[]; message: Message; isMalicious: boolean }[];
  /** How many different contents VirusTotal has never seen. */
  contents: number;
}

/** A round of work. Each file is new, so that each of them needs one upload and has a verdict of its own. */
export function doWork({ discord }: Sandbox, work: Work, round: number): void {
  const file = (marks: string) => {
    work.contents += 1;
    const number = work.contents;
    return { name: `file-${number}.exe`, content: `File ${number} of the campaign\nvtscan-sandbox: ${marks}\n` };
  };
  const several = [file('clean'), file('malicious')];
  for (const files of [[file('clean')], several]) {
    const given = files.map((one, index) => [index === 0 ? 'file' : `file${index + 1}`, one]);
    const handle = discord.invoke({ command: 'vtscan', options: Object.fromEntries(given) });
    work.commands.push({ round, names: files.map(({ name }) => name), handle });
  }
  for (const files of [[file('clean')], [file('malicious'), file('clean')]]) {
    const message = discord.post({ files });
    work.messages.push({ round, names: files.map(({ name }) => name), message, isMalicious: files.length > 1 });
  }
}

export interface Faults {
  /** Files without a verdict, and malicious messages without an alert or a deletion. */
  lost: string[];
  /** Replies, alerts and marks that stand twice. */
  doubledReplies: string[];
  doubledUploads: number;
  /** Messages that were deleted twice. */
  doubledActions: string[];
}

const finished = (text: string) => !/Looking|analysing|Waiting|In progress|Downloading|Uploading|queue/i.test(text);

/** What is wrong now: at the end it must be nothing. */
export function faultsOf({ discord, virusTotal }: Sandbox, work: Work): Faults {
  const own = discord.world.bot.id;
  const { alerts, owner } = discord.scene;
  const faults: Faults = { lost: [], doubledReplies: [], doubledUploads: 0, doubledActions: [] };
  for (const { round, handle, names } of work.commands) {
    // Discord gives a command to one connection, once: without an answer in time the member is told so and tries again.
    if (!handle.interaction.answered) continue;
    const shown = handle.messages();
    const text = shown.map(textOf).join('\n');
    if (!finished(text) || names.some((name) => !text.includes(name)))
      faults.lost.push(`command of round ${round}: ${text}`);
    if (shown.length > 1) faults.doubledReplies.push(`command of round ${round}`);
  }

  const told = discord
    .messagesIn(alerts, owner)
    .filter(({ author }) => author.id === own)
    .map(textOf);
  const deletions = discord.world.auditLog.filter(({ action_type }) => action_type === 72);
  for (const { round, message, names, isMalicious } of work.messages) {
    const [first = ''] = names;
    const about = told.filter((text) => text.includes(first)).length;
    const current = discord.world.messages.get(message.id)?.message;
    const marks = (current?.reactions ?? []).filter(({ users }) => users.includes(own)).length;
    const isDone = isMalicious ? about > 0 && current === undefined : marks === 1;
    if (!isDone)
      faults.lost.push(`message of round ${round}: ${about} alerts, ${marks} marks, ${current ? 'there' : 'deleted'}`);
    if (about > 1 || marks > 1) faults.doubledReplies.push(`message of round ${round}`);
  }
  const malicious = work.messages.filter(({ isMalicious }) => isMalicious).length;
  if (deletions.length > malicious)
    faults.doubledActions.push(`${deletions.length} deletions of ${malicious} messages`);
  const uploads = virusTotal.requests.filter(({ endpoint, status }) => endpoint === 'POST /files' && status === 200);
  faults.doubledUploads = Math.max(0, uploads.length - work.contents);
  return faults;
}

export const isClean = ({ lost, doubledReplies, doubledUploads, doubledActions }: Faults) =>
  lost.length + doubledReplies.length + doubledUploads + doubledActions.length === 0;

const textOf = ({ content, embeds }: Message) =>
  [content, ...embeds.flatMap(({ title, description }) => [title, description])].join('\n');
