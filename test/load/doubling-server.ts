import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of the API as the load test uses, without idempotency: each request makes a payment. */
/** `forgetsFilter`: it lists every payment, whichever consultation it was asked about. */
export async function startDoublingServer({ forgetsFilter = false } = {}): Promise<{
  url: string;
  cancelled: readonly string[];
  close(): Promise<void>;
}> {
  const cancelled: string[] = [];
  const payments: { id: number; consultation_id: number }[] = [];
  let consultations = 0;
  const token = `x.${Buffer.from(JSON.stringify({ sub: 'somebody' })).toString('base64url')}.x`;

  const answer = (method: string, url: URL, body: { consultation_id?: number }): [number, object] => {
    const { pathname } = url;
    if (pathname === '/api/v1/health/live') return [200, {}];
    if (pathname === '/api/login') return [200, { token }];
    if (pathname === '/api/v1/consultations') return [201, { data: { consultation: { id: (consultations += 1) } } }];
    if (pathname === '/api/v1/payments' && method === 'POST') {
      const id = payments.push({ id: payments.length + 1, consultation_id: body.consultation_id! });
      return [201, { data: { type: 'new', payment_id: id } }];
    }
    if (pathname === '/api/v1/payments') {
      const of = Number(url.searchParams.get('consultation_id'));
      return [
        200,
        { data: { payments: payments.filter(({ consultation_id }) => forgetsFilter || consultation_id === of) } },
      ];
    }
    if (pathname.endsWith('/cancel')) cancelled.push(pathname);
    return [200, { data: {} }];
  };

  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const url = new URL(request.url!, 'http://localhost');
      const [status, body] = answer(request.method!, url, text === '' ? {} : JSON.parse(text));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    cancelled,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
