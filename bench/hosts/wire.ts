import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** The way of one host to one service. It can be cut. */
export interface Wire {
  /** `host:port` to which the host connects instead. */
  address: string;
  /** `silent`: connections stay, and nothing arrives any more. Otherwise they break, and new ones are refused. */
  cut(silent: boolean): void;
  /** What was held back arrives now. Forgotten connections break. */
  mend(): void;
  /** The connections of now stay silent, as when a firewall has forgotten them. New ones work. */
  forget(): void;
  close(): void;
}

/** Passes bytes on to `port` of this machine. */
export async function wireTo(port: number): Promise<Wire> {
  const pairs = new Set<[Socket, Socket]>();
  const forgotten = new Set<[Socket, Socket]>();
  let state: 'whole' | 'silent' | 'broken' = 'whole';

  const server = createServer((near) => {
    if (state === 'broken') return void near.destroy();
    const far = connect(port, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('error', () => {});
      from.on('data', (bytes) => {
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => state === 'whole' && pairs.has(pair) && from.resume());
      from.on('end', () => to.end());
      from.on('close', () => {
        if (pairs.delete(pair)) to.destroy();
      });
      if (state === 'silent') from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (!address || typeof address === 'string') throw new Error('the wire got no port');

  const each = (of: Iterable<[Socket, Socket]>, act: (socket: Socket) => void) => {
    for (const sockets of of) for (const socket of sockets) act(socket);
  };
  return {
    address: `127.0.0.1:${address.port}`,
    cut(silent) {
      state = silent ? 'silent' : 'broken';
      each(pairs, (socket) => (silent ? socket.pause() : socket.destroy()));
    },
    mend() {
      state = 'whole';
      each(pairs, (socket) => socket.resume());
      each(forgotten, (socket) => socket.destroy());
      forgotten.clear();
    },
    forget() {
      each(pairs, (socket) => socket.pause());
      for (const pair of pairs) forgotten.add(pair);
      pairs.clear();
    },
    close() {
      server.close();
      each([...pairs, ...forgotten], (socket) => socket.destroy());
    },
  };
}
