import { Client, Events, GatewayIntentBits } from 'discord.js';

/** The least that a bot which sees messages can do: it connects, with the settings that discord.js has by itself. */
const { DISCORD_TOKEN, DISCORD_API_URL } = process.env;
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: DISCORD_API_URL === undefined ? {} : { api: DISCORD_API_URL },
});
client.on(Events.MessageCreate, () => {});
client.once(Events.ClientReady, () => console.log('{"msg":"ready"}'));
await client.login(DISCORD_TOKEN);
