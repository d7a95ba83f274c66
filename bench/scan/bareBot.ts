import { Client, Events, GatewayIntentBits } from 'discord.js';

/** The least that a bot can do: it connects and defers its answer to every command. */
const { DISCORD_TOKEN, DISCORD_API_URL } = process.env;
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: DISCORD_API_URL === undefined ? {} : { api: DISCORD_API_URL },
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await interaction.deferReply();
});
client.once(Events.ClientReady, () => console.log('{"msg":"ready"}'));
await client.login(DISCORD_TOKEN);
