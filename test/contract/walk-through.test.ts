import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { loadDemoData } from '../support/demo-data.js';
import { ask } from '../support/http.js';
import { useStack } from '../support/use-stack.js';

/** A form, as `curl -d` sends it. */
function form(fields: Record<string, string>) {
  return {
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}

describe.each(['bank_transfer', 'stripe', 'gcash'])('the curl walk-through, paid by %s', (payment_method) => {
  const stack = useStack({ beforeStart: loadDemoData, simulator: true, settings: { LOGIN_ENABLED: 'true' } });
  let token: string;

  const create = (language?: string) =>
    ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
      token,
      headers: { 'x-idempotency-key': 'payment-5-test-001', ...(language ? { 'accept-language': language } : {}) },
      body: { consultation_id: 5, amount: 5000, payment_method, idempotency_key: 'payment-5-test-001' },
    });

  it('logs in with a form, with the token at the top level', async () => {
    const reply = await ask<Schemas['LoggedIn']>(
      stack.api.url,
      '/api/login',
      form({ email: 'patient@test.com', password: 'password' }),
    );
    expect(reply.status).toBe(200);
    token = (JSON.parse(reply.text) as { token: string }).token;
    expect(token).toBe(reply.body.data.token);
  });

  it('first answers 201 new, with payment, invoice and tax', async () => {
    const reply = await create('id');
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      status_code: 201,
      message: 'Pembayaran berhasil dibuat',
      request_id: reply.headers.get('x-request-id'),
      data: {
        type: 'new',
        payment: {
          id: reply.body.data.payment_id,
          consultation_id: 5,
          amount: 5000,
          payment_method,
          status: 'pending',
        },
        invoice: { amount: 5000, status: 'pending' },
        tax: { base_amount: 4505, tax_amount: 495 },
        checkout:
          payment_method === 'stripe'
            ? {
                session_id: expect.stringMatching(/^cs_test_/),
                url: expect.stringMatching(/^http/),
                expires_at: expect.any(String),
              }
            : null,
      },
    });
    const { payment, invoice } = reply.body.data;
    const second = new Date(payment.created_at).toISOString().replace(/\D/g, '').slice(0, 14);
    expect(invoice.invoice_number).toBe(`INV-${second}-${String(payment.id).padStart(6, '0')}`);
  });

  it('then answers 409 existing, with the messages of the legacy contract', async () => {
    const [payment] = await stack.database.query<{ id: string }>('SELECT id FROM payments');
    const reply = await create('id');
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({
      code: 'PAYMENT_EXISTS',
      data: {
        type: 'existing',
        payment_id: Number(payment!.id),
        status: 'pending',
        message: 'Pembayaran sudah dibuat sebelumnya',
      },
    });
    expect((await create()).body.message).toBe('Duplicate payment request detected');
    expect(await stack.database.query('SELECT id FROM payments')).toHaveLength(1);
  });
});

describe('demo data', () => {
  const stack = useStack({ apis: 0 });

  it('is loaded once, even by three starts at the same moment', async () => {
    const printed = await Promise.all([1, 2, 3].map(() => loadDemoData(stack.database)));
    expect(printed.filter((output) => output.includes('demo data loaded'))).toHaveLength(1);
  });

  it('gives each patient at least twenty open consultations, and consultation 5 the documented fee', async () => {
    const counts = await stack.database.query<{ subject: string; count: string }>(
      `SELECT users.subject, count(*) FROM consultations JOIN users ON users.id = patient_id WHERE status = 'open' GROUP BY 1 ORDER BY 1`,
    );
    expect(counts.map((row) => row.subject)).toEqual(['patient2@test.com', 'patient@test.com']);
    for (const { count } of counts) expect(Number(count)).toBeGreaterThanOrEqual(20);
    const [five] = await stack.database.query(
      'SELECT subject, fee FROM consultations c JOIN users u ON u.id = patient_id WHERE c.id = 5',
    );
    expect(five).toEqual({ subject: 'patient@test.com', fee: '5000' });
  });

  it('leaves the next id sequence free for new consultations', async () => {
    await expect(
      stack.database.query(`INSERT INTO consultations (patient_id, fee, currency) VALUES (1, 1, 'idr')`),
    ).resolves.toEqual([]);
  });

  it('stores no password', async () => {
    const logins = await stack.database.query<{ password_hash: string }>('SELECT password_hash FROM logins');
    expect(logins).toHaveLength(3);
    for (const login of logins) expect(login.password_hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  });
});
