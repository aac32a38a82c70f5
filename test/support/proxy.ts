import { once } from 'node:events';
import net from 'node:net';

/** A cable between two programs that a test can pull out, or leave in with nothing coming through. */
export interface Cable {
  readonly port: number;
  /** Connections break and new ones are refused. */
  pull(): Promise<void>;
  /** Bytes stop coming through; connections stay open. */
  freeze(): void;
  plugIn(): Promise<void>;
  end(): Promise<void>;
}

/** @param port may be another one for each new connection */
export async function cableTo(host: string, port: number | (() => number)): Promise<Cable> {
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

/** The same address, through the cable. */
export function through(cable: Cable, url: string): string {
  return Object.assign(new URL(url), { host: `127.0.0.1:${cable.port}` }).href;
}
