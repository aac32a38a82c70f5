import { once } from 'node:events';
import net from 'node:net';

/** A TCP proxy between two programs, whose connection a test can cut or freeze. */
export interface TestProxy {
  readonly port: number;
  /** Connections break and new ones are refused. */
  pull(): Promise<void>;
  /** Bytes stop coming through; connections stay open. */
  freeze(): void;
  plugIn(): Promise<void>;
  end(): Promise<void>;
}

/**
 * @param port may be another one for each new connection
 * @param onSent what the client sends, as it arrives: one write of the client, unless it is long
 */
export async function proxyTo(
  host: string,
  port: number | (() => number),
  onSent: (chunk: Buffer) => void = () => undefined,
): Promise<TestProxy> {
  const sockets = new Set<net.Socket>();
  let frozen = false;
  const server = net.createServer((near) => {
    const far = net.connect(typeof port === 'number' ? port : port(), host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        if (from === near) onSent(chunk);
        if (!frozen) to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as net.AddressInfo).port;
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const own = await listen(0);
  return {
    port: own,
    pull: cut,
    freeze: () => (frozen = true),
    async plugIn() {
      frozen = false;
      if (!server.listening) await listen(own);
    },
    end: cut,
  };
}

/** The same address, through the proxy. */
export function through(proxy: TestProxy, url: string): string {
  return Object.assign(new URL(url), { host: `127.0.0.1:${proxy.port}` }).href;
}
