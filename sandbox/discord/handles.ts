import { systemClock } from '../../src/scan/clock.ts';
import type { Interaction } from './interaction.ts';
import type { Choice, Modal } from './limits/callbacks.ts';
import type { Message } from './model.ts';
import type { World, WorldEvent } from './world.ts';

/** Real time, on purpose: tests move the sandbox's clock by days while they wait. */
const patienceMs = 30_000;

interface Edit {
  at: number;
  message: Message;
}

/** What a person who started an interaction sees of it. */
export interface InteractionHandle {
  readonly interaction: Interaction;
  readonly id: string;
  isEphemeral(): boolean;
  /** The answer as it is now: for a used component this is the message with that component, if the bot updates it. */
  message(): Message | undefined;
  /** The answer and its follow-ups as they are now. */
  messages(): Message[];
  /** Every state of those messages since the interaction, oldest first. */
  readonly edits: readonly Edit[];
  modal(): Modal | undefined;
  choices(): Choice[] | undefined;
  /** The first state of a response, past or coming, that satisfies the predicate. */
  next(predicate?: (message: Message) => boolean, timeoutMs?: number): Promise<Message>;
  /** Resolves when the bot has answered in any way: message, deferral, modal, choices. */
  answered(timeoutMs?: number): Promise<void>;
}

export function handleOf(world: World, interaction: Interaction): InteractionHandle {
  const edits: Edit[] = [];
  world.on((event) => {
    const message = stateOf(event, interaction);
    if (message) edits.push({ at: world.clock.now(), message });
  });

  const messages = () => interaction.responses.flatMap((id) => world.messages.get(id)?.message ?? []);
  return {
    interaction,
    id: interaction.id,
    edits,
    messages,
    message: () => messages().find(({ id }) => id === interaction.responses[0]),
    isEphemeral: () => interaction.ephemeral,
    modal: () => interaction.modal,
    choices: () => interaction.choices,
    next(predicate = () => true, timeoutMs = patienceMs) {
      const satisfying = () => edits.find(({ message }) => predicate(message))?.message;
      return eventually(world, satisfying, timeoutMs, () => described(interaction, edits));
    },
    async answered(timeoutMs = patienceMs) {
      await eventually(
        world,
        () => interaction.answered || undefined,
        timeoutMs,
        () => described(interaction, edits),
      );
    },
  };
}

/** In ms. */
const lookInterval = 250;

/** What `find` gives, looked at now, after each event of the world, and by itself: a refused request or a line in a log is no event. */
export function eventually<T>(
  world: World,
  find: () => T | undefined | false,
  timeoutMs: number = patienceMs,
  describe = () => 'the last event brought nothing new',
): Promise<T> {
  const { promise, resolve, reject } = withResolvers<T>();
  const over = new AbortController();
  const look = () => {
    try {
      const found = find();
      if (found !== undefined && found !== false) resolve(found);
    } catch (error) {
      reject(error);
    }
  };
  const stop = world.on(look);
  const looking = setInterval(look, lookInterval);
  systemClock.sleep(timeoutMs, over.signal).then(
    () => reject(new Error(`Nothing fitting within ${timeoutMs} ms; ${describe()}`)),
    () => {},
  );
  look();
  return promise.finally(() => {
    stop();
    clearInterval(looking);
    over.abort();
  });
}

function stateOf(event: WorldEvent, interaction: Interaction): Message | undefined {
  if (event.type !== 'messageCreated' && event.type !== 'messageEdited') return undefined;
  const isAnswer = event.message.interaction_metadata?.id === interaction.id;
  return isAnswer || interaction.responses.includes(event.message.id) ? event.message : undefined;
}

function described(interaction: Interaction, edits: readonly Edit[]): string {
  if (!interaction.answered) return 'the bot did not answer the interaction';
  const last = edits.at(-1)?.message;
  return `the last state was ${JSON.stringify({ content: last?.content, embeds: last?.embeds, flags: last?.flags })}`;
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
