import assert from 'node:assert/strict';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Member, Message } from '../../sandbox/discord/model.ts';
import { configId } from '../../src/discord/settings/controls.ts';
import { textOf, type World } from './world.ts';

/** The panel as the moderator has it open. */
export function panelOf({ discord }: Pick<World, 'discord'>, member: Member = discord.scene.moderator) {
  let message: Message | undefined;
  const shown = () => message ?? assert.fail('no panel is open');
  const showing = async (handle: InteractionHandle) => {
    message = await handle.next();
    return textOf(message);
  };
  return {
    message: shown,
    open: async (options = {}) => {
      const handle = discord.invoke({ command: 'vtconfig', member, options });
      const text = await showing(handle);
      assert.ok(handle.isEphemeral());
      return text;
    },
    /** Chooses in any menu of what is shown. */
    choose: (id: string, values: string[]) => showing(discord.select(shown(), id, values, member)),
    go: (section: string) => showing(discord.select(shown(), configId('show'), [section], member)),
    set: (field: string, values: string[]) => showing(discord.select(shown(), configId('set', field), values, member)),
    press: (button: string) => showing(discord.press(shown(), button, member)),
    pressed: (button: string) => discord.press(shown(), button, member),
    removed: (list: string, hashes: string[]) =>
      showing(discord.select(shown(), configId('remove', list), hashes, member)),
    fill: async (handle: InteractionHandle, texts: Record<string, string>) => {
      await handle.answered();
      return discord.submitModal(handle, texts);
    },
    showing,
  };
}

/** What stands in the alert channel, once it has so many messages. */
export const alertsOf = async ({ discord }: Pick<World, 'discord'>, count: number) =>
  (
    await discord.waitFor(() => {
      const all = discord.messagesIn(discord.scene.alerts, discord.scene.moderator);
      return all.length >= count ? all : undefined;
    })
  ).map(textOf);
