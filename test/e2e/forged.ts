import assert from 'node:assert/strict';
import type { Message } from '../../sandbox/discord/model.ts';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';

/** A message of the bot with nothing but this control: a button, or a menu of these values. Its id need not be one of ours. */
export function forged(
  { world }: SandboxDiscord,
  { id }: Message,
  custom_id: string,
  values?: readonly string[],
): Message {
  const stored = world.messages.get(id) ?? assert.fail('the message is gone');
  const shared = { custom_id, disabled: false, id: undefined };
  const control = values
    ? ({
        ...shared,
        type: 3,
        min_values: 1,
        max_values: 1,
        placeholder: undefined,
        options: values.map((value) => ({ label: 'forged', value, default: false })),
      } as const)
    : ({ ...shared, type: 2, style: 2, label: 'forged', emoji: undefined, url: undefined } as const);
  stored.message = { ...stored.message, components: [{ type: 1, id: undefined, components: [control] }] };
  return stored.message;
}
