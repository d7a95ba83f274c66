import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { ConfigError, readConfig, readScanningConfig, secretsOf } from '../src/config.ts';

const needed = { DISCORD_TOKEN: 'a.bot.token', VIRUSTOTAL_API_KEY: 'key' };

test('token and key are enough; everything else has a default', () => {
  assert.deepEqual(readConfig(needed), {
    discord: { token: 'a.bot.token', guildId: undefined, apiUrl: 'https://discord.com/api', shards: undefined },
    attachmentHosts: ['cdn.discordapp.com', 'media.discordapp.net'],
    virusTotal: {
      key: 'key',
      version: '3',
      url: 'https://www.virustotal.com/api/v3',
      user: undefined,
      limits: { perMinute: 4, perDay: 500, perMonth: 15_500 },
      pollSeconds: undefined,
    },
    sharedKey: 'all',
    secretKeys: [],
    dataDir: './data',
    databaseUrl: undefined,
    http: undefined,
    logLevel: 'info',
  });
});

test('an empty variable counts as unset', () => {
  const empty = { DISCORD_GUILD_ID: '', VIRUSTOTAL_PER_MINUTE: ' ', DATA_DIR: '', VIRUSTOTAL_USER: '  ' };
  assert.deepEqual(readConfig({ ...needed, ...empty }), readConfig(needed));
});

test('health is served only where a port is set, and to this machine only unless a host is', () => {
  const http = (variables: Record<string, string>) => readConfig({ ...needed, ...variables }).http;
  assert.equal(http({ HTTP_HOST: '0.0.0.0' }), undefined);
  assert.deepEqual(http({ HTTP_PORT: '9464' }), { host: '127.0.0.1', port: 9464 });
  assert.deepEqual(http({ HTTP_PORT: '9464', HTTP_HOST: '::' }), { host: '::', port: 9464 });
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
    HTTP_PORT: '65536',
    HTTP_HOST: 'http://xx-http-xx',
    LOG_LEVEL: 'xx-loud-xx',
  };
  const message = messageFor({ DISCORD_TOKEN: 'xx-secret-xx', ...wrong });
  for (const name of Object.keys(wrong)) assert.match(message, new RegExp(`^  ${name} `, 'm'));
  assert.doesNotMatch(message, /xx-|DISCORD_TOKEN/);
  assert.match(message, /VIRUSTOTAL_API_KEY is missing/);
});

test('a secret with anything in it that no secret has is refused, and not shown', () => {
  for (const odd of [
    'xx token',
    'xx\ttoken',
    'xx\ntoken',
    'xxtökén',
    '“xx”',
    'xx\u200btoken',
    'xx\u0000',
    '\u00a0x\u007fx',
  ]) {
    const message = messageFor({ DISCORD_TOKEN: odd, VIRUSTOTAL_API_KEY: odd });
    for (const name of ['DISCORD_TOKEN', 'VIRUSTOTAL_API_KEY']) {
      assert.match(message, new RegExp(`^  ${name} has a space or .* copy it again$`, 'm'));
    }
    assert.doesNotMatch(message, /xx/);
  }
});

test("the address of Discord's API has no version, which is added to it", () => {
  for (const path of ['/api/v10', '/api/v10/', '/v9']) {
    const message = messageFor({ ...needed, DISCORD_API_URL: `https://xx.example${path}` });
    assert.match(message, /^ {2}DISCORD_API_URL must not end in a version such as \/v10: leave that out$/m);
    assert.doesNotMatch(message, /xx/);
  }
  assert.ok(readConfig({ ...needed, VIRUSTOTAL_API_URL: 'https://example.com/api/v3' }));
});

test('what is wrong is said in words that tell what would be right, each once', () => {
  const number = 'must be a whole number of 1 or more';
  for (const [name, values, words] of [
    ['VIRUSTOTAL_PER_MINUTE', ['0', '-1', '1.5', '-1.5', 'many', '1e3', '0x10', '9'.repeat(20), 'NaN'], number],
    ['VIRUSTOTAL_PER_DAY', ['Infinity'], number],
    ['VIRUSTOTAL_PER_MONTH', ['1 000'], number],
    ['VIRUSTOTAL_POLL_SECONDS', ['0', '-1', 'soon', 'Infinity'], 'must be a number above 0, in seconds'],
    [
      'VIRUSTOTAL_API_URL',
      ['nowhere', 'ftp://example.com', 'https://'],
      'must be an address such as https://example.com/api',
    ],
    ['DISCORD_API_URL', ['discord.com/api'], 'must be an address such as https://example.com/api'],
    ['VIRUSTOTAL_API_VERSION', ['4'], 'must be 2 or 3'],
    ['LOG_LEVEL', ['loud'], 'must be trace, debug, info, warn, error, fatal or silent'],
  ] as const) {
    for (const value of values) {
      assert.equal(
        messageFor({ ...needed, [name]: value })
          .split('\n')
          .slice(1)
          .join('\n'),
        `  ${name} ${words}`,
        value,
      );
    }
  }
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

test('scanning alone needs none of the variables for Discord, and does not look at them', () => {
  const { VIRUSTOTAL_API_KEY } = needed;
  const config = readScanningConfig({
    VIRUSTOTAL_API_KEY,
    DISCORD_GUILD_ID: 'junk',
    ATTACHMENT_HOSTS: '/',
    DATA_DIR: 'here',
  });
  assert.equal(config.dataDir, 'here');
  assert.equal(config.virusTotal.limits.perMinute, 4);
  assert.throws(() => readScanningConfig({ DISCORD_TOKEN: 'token' }), /VIRUSTOTAL_API_KEY is missing/);
});

function messageFor(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return assert.fail('it was accepted');
}

const [oldSecret, newSecret] = [randomBytes(32), randomBytes(32)];

test('SECRET_KEY takes 32 bytes in base64 or hex, and several of them', () => {
  const texts = `${newSecret.toString('base64')}, ${oldSecret.toString('hex')},${newSecret.toString('base64url')}`;
  const { secretKeys } = readConfig({ ...needed, SECRET_KEY: texts });
  assert.deepEqual(
    secretKeys.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
    [newSecret, oldSecret, newSecret].map((one) => one.toString('hex')),
  );
  for (const wrong of ['x', 'a'.repeat(42), `${oldSecret.toString('hex')}0`, `${newSecret.toString('base64')},`])
    assert.match(
      messageFor({ ...needed, SECRET_KEY: wrong }),
      /SECRET_KEY must be 32 bytes .* openssl rand -base64 32/,
    );
});

test('with a PostgreSQL the bot needs SECRET_KEY, and says how to make one beside all else that is wrong', () => {
  const shared = { ...needed, DATABASE_URL: 'postgres://user@host/db' };
  const message = messageFor({ ...shared, LOG_LEVEL: 'loud' });
  assert.match(message, /SECRET_KEY is missing: .*openssl rand -base64 32/);
  assert.match(message, /LOG_LEVEL must be/);
  assert.equal(readConfig({ ...shared, SECRET_KEY: newSecret.toString('base64') }).databaseUrl, shared.DATABASE_URL);
  // The command line scans without it.
  assert.equal(readScanningConfig(shared).databaseUrl, shared.DATABASE_URL);
});

test('no form of SECRET_KEY may be logged', () => {
  const secrets = secretsOf(readConfig({ ...needed, SECRET_KEY: newSecret.toString('hex') }));
  for (const form of ['base64url', 'hex'] as const) assert.ok(secrets.includes(newSecret.toString(form)));
});
