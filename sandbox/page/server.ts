import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { MovableClock } from '../clock.ts';
import { guildsOfBot } from '../discord/guilds.ts';
import type { Sandbox } from '../sandbox.ts';
import { pageActor } from './actor.ts';
import { act } from './acts.ts';
import { avatar, botAvatar } from './avatar.ts';
import { type Bundle, bundlePage } from './bundle.ts';
import { contentSecurityPolicy, pageDocument } from './document.ts';
import { type Feed, pageFeed } from './feed.ts';
import type { GalleryView } from './galleryView.ts';
import { graves } from './graves.ts';
import { type Guard, pageGuard } from './guard.ts';
import { messageView } from './messageView.ts';
import { happening, moodName, sandboxMoods } from './moods.ts';
import { type Insight, panelView } from './panel.ts';
import { picture } from './picture.ts';
import { sampleAddresses, sampleViews } from './samples.ts';
import { worldSections } from './sections.ts';
import { openUploads, type Uploads } from './uploads.ts';
import type { MessageView, Page } from './wire.ts';

export interface PageOptions {
  sandbox: Sandbox;
  clock: MovableClock;
  /** A free one if not given. */
  port?: number;
  insight?: Insight;
  /** What `/gallery` shows; without it there is none. */
  gallery?: () => GalleryView;
  /** By which the bot is added to servers: it gets the permissions that the link asks for. */
  invite?: string;
}

/** The sandbox as a page, on loopback. */
export interface SandboxPage {
  url: string;
  close(): Promise<void>;
}

const moodChange = z.union([z.object({ mood: moodName, on: z.boolean() }), z.object({ happen: happening })]);

export async function startPage({
  sandbox,
  clock,
  port = 0,
  insight = {},
  gallery,
  invite,
}: PageOptions): Promise<SandboxPage> {
  const { discord, virusTotal } = sandbox;
  const bundle = await bundlePage();
  const uploads = await openUploads();
  const guard = pageGuard();
  const moods = sandboxMoods(sandbox, clock);
  const permissions = permissionsOf(invite);
  if (invite) for (const guild of guildsOfBot(discord.world)) discord.authorizeBot(guild, permissions);
  const actor = pageActor(discord, uploads, permissions);
  const deleted = graves(discord.world);
  const feed = pageFeed(read, clock);
  const stops = [discord.on(feed.changed), virusTotal.on(feed.changed), insight.scans?.on(feed.changed)];

  function read(): Page {
    const panel = panelView(sandbox, moods, insight, clock);
    const start = { personId: discord.scene.member.user.id, placeId: discord.scene.files.id };
    const sections = {
      start,
      ...worldSections(discord.world),
      samples: sampleViews(),
      addresses: sampleAddresses,
      panel,
    };
    return { sections, messages: messages() };
  }

  function messages(): MessageView[] {
    const living = [...discord.world.messages.values()]
      .filter(({ message }) => !actor.isDismissed(message.id))
      .map(({ message, visibleTo }) => messageView(message, visibleTo));
    return [
      ...living,
      ...deleted.all().map(({ message, visibleTo, at, by }) => messageView(message, visibleTo, { at, by })),
    ];
  }

  const app = new Hono();
  app.use(guard.host);
  app.use(async (context, next) => {
    await next();
    context.header('Content-Security-Policy', contentSecurityPolicy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
  });
  serveParts(app, bundle, guard, (id) => discord.world.users.get(id)?.username);
  app.get('/pictures/:id{\\d+}', (context) => {
    const found = picture(discord.world, context.req.param('id'));
    return found ? context.body(found.bytes, 200, { 'content-type': found.type }) : context.notFound();
  });

  if (gallery) {
    app.get('/gallery', (context) => context.html(pageDocument(guard.key, '/gallery.js')));
    app.get('/gallery.json', (context) => context.json(gallery()));
  }

  app.use('/api/*', guard.caller);
  app.get('/api/events', (context) => streamSSE(context, (stream) => untilItLeaves(stream, feed)));
  app.post('/api/acts', async (context) => {
    const { data, error } = act.safeParse(await context.req.json().catch(() => undefined));
    if (!data) return context.text(z.prettifyError(error), 400);
    const outcome = await actor.perform(data);
    feed.changed();
    return context.json(outcome);
  });
  app.post('/api/files', (context) => keepFile(context.req.query('name') ?? 'file', context.req.raw, uploads));
  app.post('/api/moods', async (context) => {
    const { data, error } = moodChange.safeParse(await context.req.json().catch(() => undefined));
    if (!data) return context.text(z.prettifyError(error), 400);
    if ('mood' in data) moods.set(data.mood, data.on);
    else moods.happen(data.happen);
    feed.changed();
    return context.json({ ok: true });
  });

  const { server, address } = await listen(app, port);
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      for (const stop of stops) stop?.();
      feed.stop();
      deleted.stop();
      await ended(server);
      await uploads.close();
    },
  };
}

/** As a link of Discord's asks for them. */
function permissionsOf(invite: string | undefined): bigint {
  return BigInt((invite && new URL(invite).searchParams.get('permissions')) ?? 0);
}

function serveParts(app: Hono, bundle: Bundle, guard: Guard, nameOf: (id: string) => string | undefined): void {
  app.get('/', (context) => context.html(pageDocument(guard.key)));
  for (const [path, script] of Object.entries({ '/page.js': bundle.script, '/gallery.js': bundle.gallery }))
    app.get(path, (context) => context.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/page.css', (context) => context.body(bundle.style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/avatars/:file{[0-9a-z]+\\.svg}', (context) => {
    const id = context.req.param('file').replace('.svg', '');
    const name = nameOf(id);
    const picture = id === 'bot' || name === 'vtscan' ? botAvatar() : avatar(name ?? '?');
    return context.body(picture, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' });
  });
}

/** Server-sent events: the browser connects again by itself, and then gets everything anew. */
async function untilItLeaves(stream: Parameters<Parameters<typeof streamSSE>[1]>[0], feed: Feed): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = feed.subscribe((patch) => void stream.writeSSE({ data: JSON.stringify(patch) }));
    stream.onAbort(() => {
      stop();
      resolve();
    });
  });
}

async function keepFile(name: string, request: Request, uploads: Uploads): Promise<Response> {
  try {
    return Response.json({ upload: await uploads.keep(name.slice(0, 260), request.body) });
  } catch (error) {
    return new Response(error instanceof RangeError ? error.message : 'The file did not arrive', { status: 413 });
  }
}

async function listen(app: Hono, port: number): Promise<{ server: ServerType; address: AddressInfo }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => resolve({ server, address }));
    server.once('error', reject);
  });
}

async function ended(server: ServerType): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}
