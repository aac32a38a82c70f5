import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ReceivedRequest, behave, type Behaviour, type TruthfulServer } from './truthful-server.js';

/** The truthful server on a real socket, misbehaving there. */
export async function listen(server: TruthfulServer, now: () => number, next: () => Behaviour) {
  const http = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const asked: ReceivedRequest = {
        method: request.method!,
        path: request.url!.split('?')[0]!,
        headers: new Headers(request.headers as Record<string, string>),
        body: text ? JSON.parse(text) : undefined,
      };
      const outcome = behave(server, next(), asked, now());
      if (outcome === 'hang') return;
      if (outcome === 'reset') return request.socket.destroy();
      const { status, headers, body } = 'broken' in outcome ? outcome.broken : outcome;
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
      if (!('broken' in outcome)) return response.end(body);
      response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
    });
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}
