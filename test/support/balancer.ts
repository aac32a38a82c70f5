import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a failed test started and did not stop. */
const open = new Set<http.Server>();
afterAll(() => {
  for (const server of open) server.closeAllConnections();
  for (const server of open) server.close();
});

interface Passing {
  /** Sends the same request to the next server, too; the first answer wins. */
  again(): void;
  /** The client's connection breaks; the server goes on. */
  cut(): void;
}

/** A load balancer: each request to the next server in turn. Its timeouts and broken wires happen when a test says so. */
export interface Balancer {
  readonly url: string;
  /** The answer to the next request arrives here and is not forwarded: the client's connection breaks. */
  loseNextAnswer(): void;
  /** As after its timeout: every request without an answer is sent to the next server, too. */
  retryOnNextServer(): void;
  /** As if the network broke: every client that waits loses its connection; the servers do not notice. */
  cutClients(): void;
  end(): Promise<void>;
}

export async function balanceOver(servers: readonly string[]): Promise<Balancer> {
  const passing = new Set<Passing>();
  let turn = 0;
  let loseNext = false;

  const server = http.createServer((request, response) => {
    const lost = loseNext;
    loseNext = false;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const done = () => passing.delete(entry);
      const send = () => {
        const onward = http.request(
          `${servers[turn++ % servers.length]!}${request.url}`,
          { method: request.method ?? 'GET', headers: request.headers, agent: false },
          (answer) => {
            const parts: Buffer[] = [];
            answer.on('data', (part: Buffer) => parts.push(part));
            answer.on('end', () => {
              done();
              if (response.headersSent || response.destroyed) return;
              if (lost) response.destroy();
              else response.writeHead(answer.statusCode!, answer.headers).end(Buffer.concat(parts));
            });
          },
        );
        onward.on('error', () => response.destroy());
        onward.end(body);
      };
      const entry: Passing = { again: send, cut: () => response.destroy() };
      passing.add(entry);
      send();
    });
  });
  open.add(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseNextAnswer: () => (loseNext = true),
    retryOnNextServer: () => passing.forEach((entry) => entry.again()),
    cutClients: () => passing.forEach((entry) => entry.cut()),
    async end() {
      open.delete(server);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
