import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ConfigError, readConfig } from '../src/config.ts';

const needed = { DISCORD_TOKEN: 'a.bot.token', VIRUSTOTAL_API_KEY: 'key' };

test('token and key are enough; everything else has a default', () => {
  assert.deepEqual(readConfig(needed), {
    discord: { token: 'a.bot.token', guildId: undefined, apiUrl: 'https://discord.com/api' },
    attachmentHosts: ['cdn.discordapp.com', 'media.discordapp.net'],
    virusTotal: {
      key: 'key',
      url: 'https://www.virustotal.com/api/v3',
      user: undefined,
      limits: { perMinute: 4, perDay: 500, perMonth: 15_500 },
      pollSeconds: undefined,
    },
    dataDir: './data',
    logLevel: 'info',
  });
});

test('an empty variable counts as unset', () => {
  const empty = { DISCORD_GUILD_ID: '', VIRUSTOTAL_PER_MINUTE: ' ', DATA_DIR: '', VIRUSTOTAL_USER: '  ' };
  assert.deepEqual(readConfig({ ...needed, ...empty }), readConfig(needed));
});

test('addresses lose their last slash, hosts their capitals, secrets the space around them', () => {
  const config = readConfig({
    DISCORD_TOKEN: ' a.bot.token\n',
    VIRUSTOTAL_API_KEY: 'key ',
    DISCORD_API_URL: 'http://127.0.0.1:8080/api/',
    ATTACHMENT_HOSTS: ' CDN.example.com, 127.0.0.1:8080 ,[::1]:8080',
    VIRUSTOTAL_POLL_SECONDS: '0.1',
  });
  assert.equal(config.discord.token, 'a.bot.token');
  assert.equal(config.virusTotal.key, 'key');
  assert.equal(config.discord.apiUrl, 'http://127.0.0.1:8080/api');
  assert.deepEqual(config.attachmentHosts, ['cdn.example.com', '127.0.0.1:8080', '[::1]:8080']);
  assert.equal(config.virusTotal.pollSeconds, 0.1);
});

test('everything that is wrong is named at once, and no value is shown', () => {
  const wrong = {
    DISCORD_GUILD_ID: 'xx-guild-xx',
    DISCORD_API_URL: 'xx-url-xx',
    ATTACHMENT_HOSTS: 'https://xx-host-xx/',
    VIRUSTOTAL_API_KEY: '  ',
    VIRUSTOTAL_API_URL: 'ftp://xx-ftp-xx',
    VIRUSTOTAL_API_VERSION: 'xx-version-xx',
    VIRUSTOTAL_PER_MINUTE: '0',
    VIRUSTOTAL_PER_DAY: 'xx-day-xx',
    VIRUSTOTAL_PER_MONTH: '1.5',
    VIRUSTOTAL_POLL_SECONDS: '-1',
    LOG_LEVEL: 'xx-loud-xx',
  };
  const message = messageFor({ DISCORD_TOKEN: 'xx-secret-xx', ...wrong });
  for (const name of Object.keys(wrong)) assert.match(message, new RegExp(`^  ${name} `, 'm'));
  assert.doesNotMatch(message, /xx-|DISCORD_TOKEN/);
  assert.match(message, /VIRUSTOTAL_API_KEY is missing/);
});

test('whatever the environment holds, the answer is a configuration or a list of what is wrong, without the values', () => {
  const names = ['DISCORD_GUILD_ID', 'DISCORD_API_URL', 'ATTACHMENT_HOSTS', 'VIRUSTOTAL_PER_MINUTE', 'LOG_LEVEL'];
  const junk = fc.dictionary(
    fc.constantFrom(...names),
    fc.string({ unit: 'binary' }).map((text) => `xx${text}`),
  );
  fc.assert(
    fc.property(junk, (environment) => {
      try {
        readConfig({ ...needed, ...environment });
      } catch (error) {
        assert.ok(error instanceof ConfigError);
        assert.doesNotMatch(error.message, /xx/);
      }
    }),
  );
});

function messageFor(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return assert.fail('it was accepted');
}
