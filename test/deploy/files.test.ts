import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { readImage, textOf } from './image.ts';

/** A stop takes up to ten seconds. s */
const stopTime = 10;

const packageSchema = z.object({ scripts: z.object({ start: z.string() }), engines: z.object({ node: z.string() }) });

/** The words after `node`, by which `npm start` starts the bot. */
async function started(): Promise<string> {
  const { scripts } = packageSchema.parse(JSON.parse(await textOf('package.json')));
  return scripts.start;
}

describe('the image', () => {
  test('is slim, with the libc by which its packages were made', async () => {
    const { bases } = await readImage();
    assert.deepEqual(bases, ['node:24-trixie', 'node:24-trixie-slim']);
  });

  test('starts the bot as npm start does, without npm, as the user node', async () => {
    const { command, last } = await readImage();
    assert.equal(command('CMD').join(' '), await started());
    const ends = last.filter(({ keyword }) => ['USER', 'CMD', 'ENTRYPOINT'].includes(keyword));
    assert.deepEqual(
      ends.map(({ keyword, rest }) => (keyword === 'USER' ? rest : keyword)),
      ['node', 'CMD'],
    );
    assert.deepEqual(command('HEALTHCHECK')[0], 'node');
    assert.deepEqual(
      last.filter(({ keyword }) => keyword === 'VOLUME').map(({ rest }) => rest),
      ['/data'],
    );
  });

  test('gets nothing from the folder of the project that was not named', async () => {
    const { copied } = await readImage();
    const [first, ...others] = (await textOf('.dockerignore')).split('\n').filter((line) => /^[^#]/.test(line));
    assert.equal(first, '*');
    const allowed = others.map((line) => line.slice(1));
    for (const { from } of copied) assert.ok(allowed.includes(from), from);
    for (const secret of ['.env', 'data', '.git', 'node_modules']) assert.ok(!allowed.includes(secret));
  });
});

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  profiles: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()),
  restart: z.literal('unless-stopped'),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .transform((text) => Number.parseInt(text, 10)),
  read_only: z.boolean().default(false),
  tmpfs: z.array(z.string()).default([]),
  ports: z.undefined().optional(),
  deploy: z.object({ replicas: z.string() }).optional(),
});
const composeSchema = z.object({
  services: z.object({ bot: serviceSchema, postgres: serviceSchema }),
  volumes: z.record(z.string(), z.null()),
});

describe('compose', () => {
  test('runs one bot on SQLite, and PostgreSQL only where its profile is chosen', async () => {
    const { services } = composeSchema.parse(parse(await textOf('compose.yaml')));
    assert.deepEqual(services.bot.profiles, []);
    assert.deepEqual(services.postgres.profiles, ['postgres']);
    assert.equal(services.bot.environment.DATABASE_URL, undefined);
    // An option of the command line would have to be given again at each update.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: compose puts the variable in.
    assert.equal(services.bot.deploy?.replicas, '${BOTS:-1}');
    assert.ok(services.bot.read_only);
    assert.ok(
      services.bot.tmpfs.some((mount) => mount.startsWith('/tmp:')),
      'tsx keeps compiled files in /tmp',
    );
  });

  test('keeps all data in named volumes, and lets a stop take its time', async () => {
    const { services, volumes } = composeSchema.parse(parse(await textOf('compose.yaml')));
    for (const { volumes: mounts, stop_grace_period } of Object.values(services)) {
      for (const mount of mounts) assert.ok(Object.keys(volumes).includes(mount.split(':')[0] ?? ''), mount);
      assert.ok(stop_grace_period > stopTime);
    }
  });
});

describe('the systemd unit', () => {
  const settings = async () => {
    const lines = (await textOf('deploy/vtscan.service')).split('\n').filter((line) => /^\w+=/.test(line));
    return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  };

  test('starts the bot as npm start does, and lets a stop take its time', async () => {
    const unit = await settings();
    assert.equal(unit.get('ExecStart'), `/usr/bin/${await started()}`);
    assert.ok(Number(unit.get('TimeoutStopSec')) > stopTime);
  });

  test('starts it again after a failure, however often, but not when somebody must mend something first', async () => {
    const unit = await settings();
    assert.equal(unit.get('Restart'), 'on-failure');
    assert.equal(unit.get('RestartPreventExitStatus'), '2');
    assert.equal(unit.get('StartLimitIntervalSec'), '0');
    assert.ok(Number(unit.get('RestartSec')) >= 5);
    // Discord lets a bot begin 1,000 sessions a day.
    assert.ok((24 * 60 * 60) / Number(unit.get('RestartMaxDelaySec')) < 500);
    assert.ok(Number(unit.get('RestartSteps')) > 0, 'without steps the delay does not grow');
  });

  test('lets it write to its own directory only', async () => {
    const unit = await settings();
    assert.equal(unit.get('ProtectSystem'), 'strict');
    assert.equal(unit.get('DynamicUser'), 'yes');
    assert.match(unit.get('Environment') ?? '', new RegExp(`DATA_DIR=/var/lib/${unit.get('StateDirectory')}$`));
  });
});
