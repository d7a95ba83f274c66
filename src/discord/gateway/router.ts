import { type Interaction, MessageFlags } from 'discord.js';
import { type App, type Command, isMessageCommand } from '../command.ts';
import { press, submit } from '../controls/press.ts';

/** The one boundary of everything that people do: what fails below is logged once and answered with one sentence. */
export function createRouter(
  commands: ReadonlyMap<string, Command>,
  app: App,
  failed: (error: unknown, what: string) => void,
) {
  return async (interaction: Interaction): Promise<void> => {
    try {
      await route(interaction);
    } catch (error) {
      failed(error, nameOf(interaction));
      await apologise(interaction, app.locale.refusals.internal).catch((also: unknown) => failed(also, 'apology'));
    }
  };

  async function route(interaction: Interaction): Promise<void> {
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

function nameOf(interaction: Interaction): string {
  return interaction.isCommand() ? interaction.commandName : 'component';
}

async function apologise(interaction: Interaction, content: string): Promise<void> {
  if (!interaction.isRepliable()) return;
  if (interaction.deferred || interaction.replied)
    await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
  else await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
