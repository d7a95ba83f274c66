import { guildOf } from '../discord/guilds.ts';
import type { InteractionHandle } from '../discord/handles.ts';
import type { SandboxDiscord } from '../discord/server.ts';
import type { SandboxFile } from '../discord/storedFile.ts';
import type { Act, FileRef } from './acts.ts';
import { lookups } from './lookups.ts';
import { sampleFile } from './samples.ts';
import type { Uploads } from './uploads.ts';
import type { Outcome } from './wire.ts';

/** Discord waits three seconds for an application; here the machine may be busy with more than that. */
const answerWithin = 4_000;
const didNotRespond = 'The application did not respond';
const day = 24 * 60 * 60_000;
/** Forms that people may still send in. */
const openForms = 100;

export interface PageActor {
  /** Does what a person asked for, with the rights of that person. What Discord's client would refuse comes back as a problem. */
  perform(act: Act): Promise<Outcome>;
  /** Whether somebody has dismissed this private reply. */
  isDismissed(messageId: string): boolean;
}

type Invoking = Extract<Act, { do: 'invoke' | 'autocomplete' }>;
type Submitting = Extract<Act, { do: 'submit' }>;

export function pageActor(discord: SandboxDiscord, uploads: Uploads, permissions: bigint): PageActor {
  const { world } = discord;
  const find = lookups(world);
  const dismissed = new Set<string>();
  const forms = new Map<string, InteractionHandle>();

  async function carryOut(act: Act): Promise<Outcome> {
    switch (act.do) {
      case 'post': {
        const channel = find.channel(act.channel);
        const replyTo = act.replyTo === undefined ? {} : { replyTo: find.message(act.replyTo, act.as).message };
        const files = act.files.map(fileOf);
        discord.post({ channel, member: find.member(channel, act.as), content: act.content, files, ...replyTo });
        return { ok: true };
      }
      case 'invoke':
        return answer(discord.invoke(invocation(act)));
      case 'autocomplete':
        return answer(discord.autocomplete({ ...invocation(act), focused: act.focused }));
      case 'submit':
        return submit(act);
      case 'forward': {
        const channel = find.channel(act.channel);
        discord.forward(find.message(act.message, act.as).message, { channel, member: find.member(channel, act.as) });
        return { ok: true };
      }
      case 'dismiss':
        if (world.messages.get(act.message)?.visibleTo !== act.as) throw new Error('That is not yours to dismiss');
        dismissed.add(act.message);
        return { ok: true };
      case 'speak': {
        const user = world.users.get(act.as);
        if (!user || user.bot) throw new Error('Only people have a language');
        discord.changeLanguage(user, act.locale);
        return { ok: true };
      }
      case 'speakHere': {
        const { guild_id } = find.channel(act.channel);
        discord.changeServer(guildOf(world, guild_id), { preferred_locale: act.locale });
        return { ok: true };
      }
      case 'openServer':
        return openServer(act.as);
      case 'join': {
        const channel = find.channel(act.channel);
        const guild = guildOf(world, channel.guild_id);
        discord.join(act.name, { guild, madeAt: world.clock.now() - act.days * day });
        return { ok: true };
      }
      default:
        return useMessage(act);
    }
  }

  /** A server of somebody's own, and the bot in it with what its invite link asks for. */
  function openServer(as: string): Outcome {
    const owner = world.users.get(as);
    if (!owner || owner.bot) throw new Error('Only people open servers');
    const name = owner.global_name ?? owner.username;
    const guild = discord.openServer(`${name}'s server`, owner);
    discord.inviteBot(guild, [], { permissions });
    return { ok: true, place: guild.system_channel_id ?? undefined };
  }

  async function useMessage(
    act: Extract<Act, { do: 'apps' | 'press' | 'select' | 'react' | 'remove' }>,
  ): Promise<Outcome> {
    const { message, member } = find.message(act.message, act.as);
    switch (act.do) {
      case 'apps':
        return answer(discord.invokeOnMessage({ message, member, command: act.command }));
      case 'press':
        return answer(discord.press(message, act.button, member));
      case 'select':
        return answer(discord.select(message, act.menu, act.values, member));
      case 'react':
        if (act.on) discord.react(message, act.emoji, member);
        else discord.unreact(message, act.emoji, member);
        return { ok: true };
      case 'remove':
        discord.remove(message, member);
        return { ok: true };
      default:
        return act satisfies never;
    }
  }

  async function submit({ as, interaction, values }: Submitting): Promise<Outcome> {
    const handle = forms.get(interaction);
    if (!handle || handle.interaction.user.id !== as) throw new Error('That form is gone');
    const given = Object.entries(values).map(([name, value]) => [name, fieldValue(value)] as const);
    const outcome = await answer(discord.submitModal(handle, Object.fromEntries(given)));
    if (outcome.ok) forms.delete(interaction);
    return outcome;
  }

  function invocation({ as, channel: id, command, options }: Invoking) {
    const channel = find.channel(id);
    const given = Object.entries(options).map(
      ([name, value]) => [name, typeof value === 'object' ? fileOf(value) : value] as const,
    );
    return { command, channel, member: find.member(channel, as), options: Object.fromEntries(given) };
  }

  function fileOf(ref: FileRef): SandboxFile {
    const file = 'sample' in ref ? sampleFile(ref.sample) : uploads.find(ref.upload);
    if (!file) throw new Error('That file is gone: pick it again');
    return file;
  }

  function fieldValue(value: Submitting['values'][string]): string | string[] | SandboxFile[] {
    if (typeof value === 'string') return value;
    const texts = value.filter((one) => typeof one === 'string');
    return texts.length > 0 ? texts : value.filter((one) => typeof one === 'object').map(fileOf);
  }

  async function answer(handle: InteractionHandle): Promise<Outcome> {
    const inTime = await handle.answered(answerWithin).then(
      () => true,
      () => false,
    );
    if (!inTime) return { ok: false, problem: didNotRespond };
    const form = handle.modal();
    if (!form) return { ok: true, choices: handle.choices() };
    forms.set(handle.id, handle);
    for (const old of [...forms.keys()].slice(0, -openForms)) forms.delete(old);
    return { ok: true, modal: { interaction: handle.id, form } };
  }

  return {
    isDismissed: (id) => dismissed.has(id),
    async perform(act) {
      try {
        return await carryOut(act);
      } catch (error) {
        return { ok: false, problem: error instanceof Error ? error.message : 'That did not work' };
      }
    },
  };
}
