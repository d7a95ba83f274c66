import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits, PermissionsBitField } from 'discord.js';
import type { SandboxDiscord } from '../../sandbox/discord/server.ts';
import { lockedZip } from '../../sandbox/lockedZip.ts';
import { StartError } from '../../src/discord/gateway/start.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import { callsTo, marked } from './calls.ts';
import { gatewayProxy } from './gatewayProxy.ts';
import { says, startWorld, tokensIn, type World } from './world.ts';

const malicious = { name: 'tool.exe', content: marked('malicious') };
const registrations = ({ discord }: World) => discord.requests.filter(({ method }) => method === 'PUT');

const analysing = { virusTotal: { analysisTime: () => 8_000 } };
const reconnected = (discord: SandboxDiscord) => discord.waitFor(() => discord.connections() === 1);

/** One reply to each interaction, with its verdict. */
async function worksAsEver({ scan, result, discord }: World, first: ReturnType<World['scan']>): Promise<void> {
  const [token = ''] = tokensIn(await says(first, /Malicious/));
  await says(result(token), /Malicious/);
  await says(scan({ name: 'other.txt', content: 'other' }), /No engine flagged it/);
  assert.equal(discord.messagesIn(discord.scene.files).filter(({ flags }) => !(flags & 64)).length, 2);
}

describe('the connection to Discord', { concurrency: 2 }, () => {
  describe('the start', { concurrency: 4 }, () => {
    test('a Discord token that is refused ends the start with what to do about it', async (t) => {
      const world = await startWorld(t, { asleep: true, refusals: 'expected' });
      world.settings.discord.token = 'not-the-token';
      await assert.rejects(
        world.start(),
        (error) => error instanceof StartError && /Copy it again/.test(error.message),
      );

      assert.equal(world.discord.connections(), 0);
    });

    test('a Discord that cannot be reached for a while delays the start only', async (t) => {
      const world = await startWorld(t, { asleep: true });
      for (const path of [/applications\/@me$/, /\/commands$/, /gateway\/bot/]) {
        world.discord.fail({ path, status: 503, times: 5 });
        world.discord.fail({ path, status: 0, times: 2 });
      }
      await world.start();
      await says(world.scan(malicious), /Malicious/);

      await world.stop();
      await world.discord.waitFor(() => world.discord.connections() === 0);
    });

    test('a VirusTotal that does not answer, or refuses the key, does not stop the start', async (t) => {
      const world = await startWorld(t, { asleep: true });
      const { virusTotal, start, stop, scan, jump } = world;
      virusTotal.dropConnection({ endpoint: 'GET /users/{id}/overall_quotas' });
      await start();
      await says(scan(malicious), /Malicious/);
      await stop();

      virusTotal.revokeKey();
      await start();
      await says(scan({ name: 'other.txt', content: 'other' }), /refuses the API key/);
      virusTotal.restoreKey();
      jump(3 * 60_000);
      assert.equal(world.discord.connections(), 1);
    });

    test('the key is tried at the start at no cost', async (t) => {
      const { virusTotal } = await startWorld(t);

      assert.equal(callsTo(virusTotal, 'GET /users/{id}/overall_quotas'), 1);
      assert.ok(virusTotal.requests.every(({ cost }) => cost === 0));
    });

    test('commands are registered once, and again only when Discord has others', async (t) => {
      const world = await startWorld(t);
      const { discord, restart } = world;
      const commands = discord.world.globalCommands;
      assert.equal(registrations(world).length, 1);
      await restart();
      assert.equal(registrations(world).length, 1);

      discord.world.globalCommands = commands.slice(1);
      await restart();
      assert.equal(registrations(world).length, 2);
      assert.deepEqual(
        new Set(discord.world.globalCommands.map(({ name }) => name)),
        new Set(commands.map(({ name }) => name)),
      );

      const [first, ...rest] = discord.world.globalCommands;
      assert.ok(first);
      discord.world.globalCommands = [{ ...first, description: 'Something else' }, ...rest];
      await restart();
      assert.equal(registrations(world).length, 3);
    });

    test('with DISCORD_GUILD_ID the commands are registered in that server only', async (t) => {
      const world = await startWorld(t, { asleep: true });
      const { discord, settings, start, scan } = world;
      settings.discord.guildId = discord.scene.guild.id;
      await start();

      assert.equal(discord.world.globalCommands.length, 0);
      assert.ok((discord.world.guildCommands.get(discord.scene.guild.id)?.length ?? 0) >= 3);
      await says(scan(malicious), /Malicious/);
    });

    test('the invite link asks for exactly the permissions that the bot uses', async (t) => {
      const { bot, discord } = await startWorld(t);
      const { searchParams } = new URL(bot().invite);
      const { ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, ReadMessageHistory, AddReactions } = Bits;
      const shown = [ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, ReadMessageHistory, AddReactions];
      const acts = [Bits.ManageMessages, Bits.ModerateMembers, Bits.KickMembers, Bits.BanMembers, Bits.ManageRoles];
      const needed = [...shown, Bits.AttachFiles, Bits.ViewAuditLog, ...acts];

      assert.equal(searchParams.get('client_id'), discord.world.application.id);
      assert.equal(searchParams.get('scope'), 'bot applications.commands');
      assert.equal(searchParams.get('permissions'), String(new PermissionsBitField(needed).bitfield));
    });

    test('with those permissions alone a reply survives the end of its interaction', async (t) => {
      const world = await startWorld(t, { virusTotal: { analysisTime: () => 20 * 60_000 } });
      const { discord, scan, jump, bot } = world;
      const permissions = new URL(bot().invite).searchParams.get('permissions') ?? '0';
      discord.changeRole(discord.scene.botRole, BigInt(permissions));
      const handle = scan(malicious);
      await says(handle, /Engines are analyzing/);
      jump(21 * 60_000);

      await says(handle, /Malicious/);
    });

    test('a data directory that is not ours is refused in words', async (t) => {
      const world = await startWorld(t, { asleep: true });
      await writeFile(
        join(world.dataDir, 'vtscan.sqlite'),
        'These are not the tables that you are looking for.'.repeat(50),
      );

      await assert.rejects(
        world.start(),
        (error) => error instanceof StoreRefused && /not an intact SQLite database/.test(error.message),
      );
    });

    test('the log of a whole life holds no secret', async (t) => {
      const world = await startWorld(t);
      const { scan, discord, virusTotal, log, restart } = world;
      discord.fail({ method: 'PATCH', path: /@original$/, status: 503, times: 5 });
      virusTotal.fail({ status: 500 });
      const locked = { name: 'tools.zip', content: lockedZip('inside.exe', 'vtscan-sandbox: malicious\n') };
      const handle = scan(locked, { password: 'canary-password' });
      await says(handle, /❌/);
      await restart();

      const lines = log.lines.join();
      for (const secret of [discord.token, virusTotal.key, handle.interaction.token, 'canary-password']) {
        assert.ok(!lines.includes(secret));
      }
    });
  });

  describe('the gateway', { concurrency: 4 }, () => {
    test('a gateway that drops the connection during a scan changes nothing for the members', async (t) => {
      const world = await startWorld(t, analysing);
      const { scan, discord, bot } = world;
      const handle = scan(malicious);
      await says(handle, /Engines are analyzing/);
      discord.dropGateway({ resumable: true });
      assert.equal(discord.connections(), 0);
      // Sent while nobody listens: the resumed session hears of it.
      const meanwhile = scan({ ...malicious, name: 'meanwhile.exe' }, { private: true });
      await reconnected(discord);

      await says(meanwhile, /Malicious/);
      await worksAsEver(world, handle);
      assert.equal(await Promise.race([bot().over, 'running']), 'running');
    });

    test('a session that cannot be resumed is begun anew', async (t) => {
      const world = await startWorld(t, analysing);
      const handle = world.scan(malicious);
      await says(handle, /Engines are analyzing/);
      world.discord.dropGateway({ resumable: false });
      await reconnected(world.discord);
      await worksAsEver(world, handle);
    });

    test('Discord asking for a new connection changes nothing for the members', async (t) => {
      const world = await startWorld(t, analysing);
      const { discord } = world;
      const handle = world.scan(malicious);
      await says(handle, /Engines are analyzing/);
      let lost = false;
      discord.on((event) => {
        lost ||= event.type === 'connectionsChanged' && event.connections === 0;
      });
      discord.requestReconnect();
      await discord.waitFor(() => lost && discord.connections() === 1);
      await worksAsEver(world, handle);
    });

    for (const { code, reason } of [
      { code: 4004, reason: /Discord refuses DISCORD_TOKEN/ },
      { code: 4014, reason: /Discord refuses an intent: switch it on/ },
    ]) {
      test(`a gateway that closes for good (${code}) ends the bot with its reason`, async (t) => {
        const sleeping = await startWorld(t, { asleep: true });
        const proxy = await gatewayProxy(t, sleeping.discord.host);
        sleeping.settings.discord.apiUrl = proxy.apiUrl;
        const { over } = await sleeping.start();
        proxy.close(code);

        assert.match(await over, reason);
      });
    }

    test('a connection that breaks without a word is taken up again', async (t) => {
      const sleeping = await startWorld(t, { asleep: true });
      const { discord } = sleeping;
      const proxy = await gatewayProxy(t, discord.host);
      sleeping.settings.discord.apiUrl = proxy.apiUrl;
      await sleeping.start();
      const dropped = discord.waitFor(() => discord.connections() === 0);
      proxy.close(1001);
      await dropped;
      await reconnected(discord);

      await says(sleeping.scan(malicious), /Malicious/);
    });
  });
});
