import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whether the connection breaks before the server has the request or after it has answered, or its answer is replaced. */
export type Break = (method: string, address: string) => 'before' | 'after' | 'replaced' | 'not';

const PASSED_ON = ['authorization', 'content-type', 'idempotency-key'];

/** A proxy in front of the API that breaks off the requests that `breaks` names. */
export async function breakingProxy(api: string, breaks: Break): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const how = breaks(request.method!, request.url!);
      const body = Buffer.concat(chunks);
      const passOn = async () => {
        if (how === 'before') throw new Error('broken off');
        const headers = PASSED_ON.flatMap((name) => {
          const value = request.headers[name];
          return value === undefined ? [] : [[name, String(value)] as [string, string]];
        });
        const asked = { method: request.method!, headers, ...(body.length > 0 ? { body } : {}) };
        const answer = await fetch(api + request.url!, asked);
        const text = await answer.text();
        if (how === 'after') throw new Error('broken off');
        if (how === 'replaced') {
          response.writeHead(502).end('<h1>Bad gateway</h1>');
          return;
        }
        const after = answer.headers.get('retry-after');
        response
          .writeHead(answer.status, { 'content-type': 'application/json', ...(after && { 'retry-after': after }) })
          .end(text);
      };
      passOn().catch(() => request.socket.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
