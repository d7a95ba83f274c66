import { type AutocompleteInteraction, type Interaction, MessageFlags, type RepliableInteraction } from 'discord.js';
import { localeOf } from '../../locales/languages.ts';
import { type App, type Command, isMessageCommand } from '../command.ts';
import { press, submit } from '../controls/registry.ts';
import type { Languages } from '../languages.ts';
import { Refusal } from '../preconditions.ts';

/**
 * Runs the command or control of each interaction, and is the only place that catches their errors. A refusal is shown to the
 * person. Any other error is logged, and the person gets one sentence. Everything is in the language of whoever asked.
 */
export function createRouter(
  commands: ReadonlyMap<string, Command>,
  parts: Omit<App, 'locale'>,
  languages: Pick<Languages, 'seen'>,
  failed: (error: unknown, what: string) => void,
) {
  return async (interaction: Interaction): Promise<void> => {
    const app = { ...parts, locale: localeOf(interaction.locale) };
    languages.seen(interaction.user.id, interaction.locale);
    const work = route(interaction, app);
    try {
      if (interaction.isRepliable() && (await isLate(work, interaction))) await refuse(interaction, work, app);
      else await work;
    } catch (error) {
      if (!(error instanceof Refusal)) failed(error, nameOf(interaction));
      const words = error instanceof Refusal ? error.words : app.locale.refusals.internal;
      await answer(interaction, words).catch((also: unknown) => failed(also, 'answer to an error'));
    }
  };

  /** Says that the bot is busy. What the work does or fails to do later is not told any more. */
  async function refuse(interaction: RepliableInteraction, work: Promise<void>, { locale }: App): Promise<void> {
    work.catch((error: unknown) => failed(error, nameOf(interaction)));
    const answered = answer(interaction, locale.refusals.busy);
    // The work cannot answer from now on.
    interaction.replied = true;
    await answered.catch((error: unknown) => {
      interaction.replied = false;
      failed(error, 'answer of a busy bot');
    });
  }

  /** Suggests nothing if anything goes wrong. */
  async function suggest(interaction: AutocompleteInteraction, app: App): Promise<void> {
    const command = commands.get(interaction.commandName);
    const work = command && 'complete' in command && command.complete?.(interaction, app);
    const choices = await unlessLate(work || Promise.resolve([]), []).catch((error: unknown) => {
      failed(error, `suggestions of ${interaction.commandName}`);
      return [];
    });
    await interaction.respond(choices);
  }

  async function route(interaction: Interaction, app: App): Promise<void> {
    if (interaction.isAutocomplete()) return suggest(interaction, app);
    if (interaction.isMessageComponent()) return press(interaction, app);
    if (interaction.isModalSubmit()) return submit(interaction, app);
    if (!interaction.isChatInputCommand() && !interaction.isMessageContextMenuCommand()) return;
    const command = commands.get(interaction.commandName);
    if (!command) throw new Error('a command that is registered, but not in commands/');
    if (isMessageCommand(command)) {
      if (interaction.isMessageContextMenuCommand()) await command.execute(interaction, app);
    } else if (interaction.isChatInputCommand()) {
      await command.execute(interaction, app);
    }
  }
}

/** Discord waits 3 seconds for the first answer. Then it shows nothing of us. Ms. */
const answerDeadline = 2_000;

function unlessLate<T>(work: Promise<T>, otherwise: T): Promise<T> {
  const late = new Promise<T>((resolve) => setTimeout(resolve, answerDeadline, otherwise).unref());
  return Promise.race([work, late]);
}

/** Whether the work goes on and has not answered the interaction in time, as when another process has locked the database. */
async function isLate(work: Promise<void>, interaction: RepliableInteraction): Promise<boolean> {
  const goesOn = work.then(
    () => false,
    () => false,
  );
  return (await unlessLate(goesOn, true)) && !interaction.deferred && !interaction.replied;
}

function nameOf(interaction: Interaction): string {
  return interaction.isCommand() ? interaction.commandName : 'component';
}

async function answer(interaction: Interaction, content: string): Promise<void> {
  if (!interaction.isRepliable()) return;
  if (interaction.deferred || interaction.replied)
    await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
  else await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
