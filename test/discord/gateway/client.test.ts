import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { DefaultRestOptions, GatewayCloseCodes, REST } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { connect, createGateway } from '../../../src/discord/gateway/client.ts';
import { StartError } from '../../../src/discord/gateway/start.ts';

const token = 'MTIz.abc.def';

for (const [code, reason] of [
  [GatewayCloseCodes.AuthenticationFailed, /refuses DISCORD_TOKEN/],
  [GatewayCloseCodes.DisallowedIntents, /refuses an intent/],
  [GatewayCloseCodes.InvalidIntents, /update vtscan/],
  [GatewayCloseCodes.ShardingRequired, /too many servers/],
] as const) {
  test(`a login that the gateway refuses with ${code} ends, and says why`, async (t) => {
    const { api } = await refusingGateway(t, code);
    const gateway = createGateway(new REST({ api }), () => {});
    t.after(gateway.close);
    await assert.rejects(
      connect(gateway, token, { interaction: async () => {} }),
      (error) => error instanceof StartError && reason.test(error.message),
    );
  });
}

test('a connection that ends while Discord does not answer begins no session later', async (t) => {
  const { api, sockets } = await refusingGateway(t, GatewayCloseCodes.AuthenticationFailed);
  const events = new EventEmitter();
  const [asked, answer] = [once(events, 'asked'), once(events, 'answer')];
  const makeRequest: REST['options']['makeRequest'] = async (url, request) => {
    events.emit('asked');
    await answer;
    return DefaultRestOptions.makeRequest(url, request);
  };
  const gateway = createGateway(new REST({ api, makeRequest }), () => {});
  const connecting = connect(gateway, token, { interaction: async () => {} });
  await asked;
  await gateway.close();
  events.emit('answer');
  await assert.rejects(connecting, /has ended/);
  assert.equal(sockets.size, 0);
});

/** A Discord that knows the way to its gateway, which closes every connection with this code when it hears who it is. */
async function refusingGateway(t: TestContext, code: number) {
  const server = createServer((_request, response) => {
    const session_start_limit = { total: 1000, remaining: 999, reset_after: 1, max_concurrency: 1 };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: `ws://${host}`, shards: 1, session_start_limit }));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket: WebSocket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 45_000 } }));
    socket.on('message', () => socket.close(code));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
  });
  return { api: `http://${host}`, sockets: sockets.clients };
}
