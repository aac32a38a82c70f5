import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.js';

/** Prometheus times out after ten seconds by default; a slower client is not Prometheus. */
const MAX_REQUEST_MS = 10_000;

/**
 * Serves `GET /metrics` for a process without an HTTP server of its own.
 * @param port 0 is any free one
 * @returns its address, and a function that closes it
 * @throws what listening throws, such as EADDRINUSE
 */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; close(): void }> {
  const server = createServer({ requestTimeout: MAX_REQUEST_MS }, (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
