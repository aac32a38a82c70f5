import { createPaymentClient, type Progress } from '#payment-client';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConsultation, type Person } from '../support/people.js';
import { FakeLocks, FakeStorage } from './support/fake-browser.js';
import { FakeClock } from './support/fake-clock.js';
import { useStack } from '../support/use-stack.js';

/** Between browser and API: hands everything on, and breaks the connection instead of the first answers to a POST. */
async function losing(answers: number, target: string) {
  let lost = 0;
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void pass(Buffer.concat(chunks)));
    const pass = async (body: Buffer) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !/^(host|connection|content-length)$/.test(name)),
      );
      const answer = await fetch(target + request.url, {
        method: request.method!,
        headers: headers as Record<string, string>,
        ...(body.length ? { body } : {}),
      });
      const text = await answer.text();
      statuses.push(answer.status);
      if (request.method === 'POST' && lost++ < answers) return request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    };
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statuses,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('against the real API', () => {
  const stack = useStack();
  const clock = new FakeClock();
  const onProgress = ({ retry_in_ms }: Progress) => {
    if (retry_in_ms !== undefined) setImmediate(() => void clock.pass(retry_in_ms));
  };
  const clientOf = (baseUrl: string, person: Person) =>
    createPaymentClient({
      baseUrl,
      token: () => person.token,
      clock,
      channel: null,
      locks: new FakeLocks(),
      sharedStorage: new FakeStorage(),
    });

  test('the first answer is lost after the commit: the retry gets it; one row, one invoice, one tax record', async () => {
    const proxy = await losing(2, stack.api.url);
    try {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const created = await clientOf(proxy.url, stack.patient).createPayment(
        { consultation_id, amount: 5_000, payment_method: 'bank_transfer' },
        { onProgress },
      );
      expect(created.type).toBe('new');
      expect(proxy.statuses).toEqual([201, 201, 201]);
      const [rows] = await stack.database.query(
        `SELECT count(DISTINCT p.id)::int AS payments, count(DISTINCT i.id)::int AS invoices, count(DISTINCT t.id)::int AS taxes
         FROM payments p LEFT JOIN invoices i ON i.payment_id = p.id LEFT JOIN tax_records t ON t.payment_id = p.id
         WHERE p.consultation_id = $1`,
        [consultation_id],
      );
      expect(rows).toEqual({ payments: 1, invoices: 1, taxes: 1 });
    } finally {
      await proxy.close();
    }
  });

  test('paid again on purpose: returns the existing payment; confirmed through lost answers: one charge', async () => {
    const proxy = await losing(1, stack.api.url);
    try {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const wish = { consultation_id, amount: 5_000, payment_method: 'bank_transfer' as const };
      const created = await clientOf(proxy.url, stack.patient).createPayment(wish, { onProgress });
      const second = await clientOf(stack.api.url, stack.patient).createPayment(
        { ...wish, payment_method: 'gcash' },
        { onProgress },
      );
      expect(second).toMatchObject({ type: 'existing', payment_id: created.payment_id, checkout: null });

      const losingToo = await losing(1, stack.api.url);
      try {
        const told = { transaction_id: `BCA-${consultation_id}` };
        const confirmed = await clientOf(losingToo.url, stack.staff).confirm(created.payment_id, told, { onProgress });
        expect(confirmed.payment.status).toBe('completed');
      } finally {
        await losingToo.close();
      }
      const charges = await stack.database.query('SELECT 1 FROM charges WHERE payment_id = $1', [created.payment_id]);
      expect(charges).toHaveLength(1);
      const { payment } = await clientOf(stack.api.url, stack.patient).get(created.payment_id);
      expect(payment).toMatchObject({ status: 'completed', amount: 5_000 });
    } finally {
      await proxy.close();
    }
  });

  test('the API’s refusals become errors with their code, in the requested language', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const client = createPaymentClient({
      baseUrl: stack.api.url,
      token: () => stack.patient.token,
      language: () => 'id',
      channel: null,
      clock,
      locks: new FakeLocks(),
      sharedStorage: new FakeStorage(),
    });
    await expect(
      client.createPayment({ consultation_id, amount: 4_999, payment_method: 'gcash' }, { onProgress }),
    ).rejects.toMatchObject({ code: 'AMOUNT_MISMATCH', status: 422, data: { expected: { amount: 5_000 } } });
    await expect(client.get(999_999)).rejects.toMatchObject({
      code: 'PAYMENT_NOT_FOUND',
      status: 404,
      retryable: false,
    });
  });
});
