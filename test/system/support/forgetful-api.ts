import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Adapter } from '../../../scripts/conformance/adapter.mjs';

/** Keeps its keys in memory, and does not ask for one although it says so. */
export async function startForgetfulApi(): Promise<Adapter & { close(): Promise<void> }> {
  const answers = new Map<string, string>();
  const made: string[] = [];
  const server = createServer((request, response) => {
    let product = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (product += chunk));
    request.on('end', () => {
      const key = String(request.headers['idempotency-key']);
      const answer = answers.get(key) ?? JSON.stringify({ id: made.push(product) });
      answers.set(key, answer);
      response.writeHead(201, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let products = 0;
  return {
    name: 'forgetful',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    users: [{}],
    requiresKey: true,
    async intent() {
      const body = { product: (products += 1), quantity: 1 };
      const { product } = body;
      return {
        path: '/',
        body,
        otherBody: { product, quantity: 2 },
        invalidBody: { product, quantity: 0 },
        count: async () => made.filter((one) => one.includes(`"product":${product},`)).length,
      };
    },
    restart: async () => answers.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
