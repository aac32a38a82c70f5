import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer over the lab's servers whose connections an attack can cut, and which can be made to retry. */
export interface Balancer {
  readonly url: string;
  /** Cuts the connection of every waiting client; the servers do not notice. */
  cutClients(): void;
  /** Sends every request that has no answer to the next server, too. */
  retryOnNextServer(): void;
  /** Number of requests that servers are still processing, and of those that they have answered. */
  inProgress(): number;
  answered(): number;
  end(): Promise<void>;
}

interface Passing {
  again(): void;
  cut(): void;
}

export async function balanceOver(servers: readonly string[]): Promise<Balancer> {
  const passing = new Set<Passing>();
  let turn = 0;
  let inProgress = 0;
  let answered = 0;

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const send = () => {
        const address = servers[turn++ % servers.length]! + (request.url ?? '');
        const how = { method: request.method ?? 'GET', headers: request.headers, agent: false };
        inProgress += 1;
        const onward = http.request(address, how, (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            answered += 1;
            passing.delete(entry);
            if (response.headersSent || response.destroyed) return;
            response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(parts));
          });
        });
        onward.on('error', () => response.destroy());
        onward.on('close', () => (inProgress -= 1));
        onward.end(Buffer.concat(chunks));
      };
      const entry: Passing = { again: send, cut: () => response.destroy() };
      passing.add(entry);
      send();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutClients: () => passing.forEach((entry) => entry.cut()),
    retryOnNextServer: () => passing.forEach((entry) => entry.again()),
    inProgress: () => inProgress,
    answered: () => answered,
    async end() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
