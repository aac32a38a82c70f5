import { once } from 'node:events';
import net from 'node:net';

/**
 * A proxy between a server and Redis. When frozen, it passes nothing on and closes nothing: the worst kind of outage.
 */
export interface FreezableProxy {
  /** The URL of Redis through the proxy. */
  readonly url: string;
  freeze(): void;
  thaw(): void;
  end(): Promise<void>;
}

export async function proxyTo(url: string): Promise<FreezableProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<net.Socket>();
  let frozen = false;
  const server = net.createServer((near) => {
    const far = net.connect(Number(port || 6379), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        if (!frozen) to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${(server.address() as net.AddressInfo).port}` }).href,
    freeze: () => (frozen = true),
    thaw: () => (frozen = false),
    async end() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
