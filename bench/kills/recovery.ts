import type { WorldEvent } from '../../sandbox/discord/world.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type Open, textOf } from './faults.ts';

/** Measures how soon bots go on with the commands and messages that were open when another bot was killed. */
export function createRecovery({ discord }: Sandbox) {
  const waiting = new Map<Open[number], { at: string; ms: number }>();
  const moves = new Map<Open[number], number>();
  const times = new Map<string, number[]>();
  let isConnected = false;
  discord.on((event) => {
    // Requests of a dead bot may still arrive until the next one connects.
    if (event.type === 'connectionsChanged') isConnected = event.connections > 0;
    if (!isConnected) return;
    for (const one of waiting.keys())
      if (!moves.has(one) && isAbout(event, one, discord.world.bot.id)) moves.set(one, performance.now());
  });

  return {
    /**
     * By the name of the point: how long a bot was ready until it did something that people see about what was open at the
     * kill, in ms. Where the next kill came first, the times of several bots are added up.
     */
    times,
    /** To be called when a bot that was ready from `readyAt` on is killed. */
    killed(at: string, readyAt: number, open: Open): void {
      const now = performance.now();
      for (const [one, wait] of waiting) {
        const move = moves.get(one);
        wait.ms += Math.max(0, (move ?? now) - readyAt);
        if (move === undefined) continue;
        times.set(wait.at, [...(times.get(wait.at) ?? []), wait.ms]);
        waiting.delete(one);
      }
      moves.clear();
      isConnected = false;
      for (const one of open) if (!waiting.has(one)) waiting.set(one, { at, ms: 0 });
    },
  };
}

/** Whether people see by this event that the bot works on a command or message. */
function isAbout(event: WorldEvent, { names, ...one }: Open[number], own: string): boolean {
  switch (event.type) {
    case 'messageCreated':
    case 'messageEdited': {
      const text = textOf(event.message);
      return event.message.author.id === own && names.some((name) => text.includes(name));
    }
    case 'reactionAdded':
    case 'reactionRemoved':
      return event.user.id === own && 'message' in one && one.message.id === event.message.id;
    case 'messageDeleted':
      return event.by.id === own && 'message' in one && one.message.id === event.message.id;
    default:
      return false;
  }
}
