import { createPaymentService } from '#payment-client/payment-service';
import { FakeBrowser } from './support/fake-browser.js';
import { settle } from './support/fake-clock.js';
import { type Behaviour, fetchOf, refusal, script, TruthfulServer } from './support/truthful-server.js';

const WISH = { consultationId: 5, amount: 5_000, paymentMethod: 'stripe' as const };
const UNKNOWN = 'We don’t know yet whether the payment was created. Please don’t pay another way.';

function world(...behaviours: Behaviour[]) {
  const server = new TruthfulServer();
  let language = 'en';
  const browser: FakeBrowser = new FakeBrowser({
    fetch: fetchOf(server, () => browser.clock.now(), script(...behaviours)),
    language: () => language,
  });
  const { client } = browser.open();
  const service = createPaymentService(client, { language: () => language });
  return {
    server,
    service,
    clock: browser.clock,
    speak: (chosen: string) => (language = chosen),
    pay: (call?: Parameters<typeof service.createPayment>[1]) => browser.clock.until(service.createPayment(WISH, call)),
    keys: () => new Set(server.asked.map(({ headers }) => headers.get('idempotency-key'))),
  };
}

describe('paymentService.createPayment', () => {
  test('a new payment: 201 with paymentId and the payment, under a generated key', async () => {
    const { server, pay, keys } = world();
    expect(await pay()).toEqual({
      success: true,
      status: 201,
      message: 'Payment created successfully',
      data: {
        type: 'new',
        paymentId: 1,
        payment: { id: 1, status: 'pending', consultation_id: 5, amount: 5_000, payment_method: 'stripe' },
        checkout: null,
      },
    });
    expect([...keys()]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(server.asked[0]!.body).toEqual({ consultation_id: 5, amount: 5_000, payment_method: 'stripe' });
  });

  test('optional fields of the API are sent too', async () => {
    const { server, service, clock } = world();
    await clock.until(service.createPayment({ ...WISH, currency: 'usd', metadata: { visit: '7' } }));
    expect(server.asked[0]!.body).toMatchObject({ currency: 'usd', metadata: { visit: '7' } });
  });

  test('three calls while the first is in flight make one request and get one answer', async () => {
    const { server, service, clock } = world();
    const results = await clock.until(Promise.all([1, 2, 3].map(() => service.createPayment(WISH))));
    expect(server.asked).toHaveLength(1);
    expect(results.map((result) => result.success && result.data.paymentId)).toEqual([1, 1, 1]);
  });

  test('a duplicate is a success with status 409 and the id of the existing payment', async () => {
    const { server, pay } = world();
    const data = {
      type: 'existing',
      payment_id: 9,
      status: 'completed',
      message: 'This payment has been created before',
      payment: { id: 9 },
      checkout: null,
    };
    server.rule = () => refusal(409, 'PAYMENT_EXISTS', { data });
    const { payment_id: paymentId, ...rest } = data;
    expect(await pay()).toEqual({ success: true, status: 409, message: data.message, data: { paymentId, ...rest } });
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'ROUTE_NOT_FOUND'],
  ])('all answers lost, then %i before the key is checked: still unclear', async (...of) => {
    const { server, pay, service, clock } = world('lost-after', 'lost-after', 'lost-after', 'lost-after');
    expect(await pay()).toMatchObject({ success: false, unclear: true });
    expect(server.payments).toHaveLength(1);
    server.rule = () => refusal(...of);
    expect(await pay()).toMatchObject({ success: false, unclear: true, status: of[0] });
    // Another consultation has no such call behind it.
    const other = await clock.until(service.createPayment({ ...WISH, consultationId: 6 }));
    expect(other).toMatchObject({ success: false, unclear: false });
    server.rule = undefined;
    expect(await pay()).toMatchObject({ success: true, status: 201, data: { paymentId: 1 } });
    server.rule = () => refusal(...of);
    expect(await pay()).toMatchObject({ success: false, unclear: false });
  });

  test.each([
    [400, 'MALFORMED_REQUEST'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'CONSULTATION_NOT_FOUND'],
    [409, 'CONSULTATION_CLOSED'],
    [422, 'AMOUNT_MISMATCH'],
    [502, 'STRIPE_REFUSED'],
  ])('refused with %i %s: not a success, not unclear, nothing thrown', async (status, code) => {
    const { server, pay } = world();
    server.rule = () => refusal(status, code);
    expect(await pay()).toEqual({
      success: false,
      status,
      unclear: false,
      message: `Sorry: ${code}`,
      error: expect.objectContaining({ code, request_id: expect.any(String) }),
    });
    expect(server.asked).toHaveLength(1);
  });

  test('a fractional amount is rejected before it is sent', async () => {
    const { server, service } = world();
    const result = await service.createPayment({ ...WISH, amount: 50.5 });
    expect(result).toMatchObject({ success: false, status: 422, unclear: false, message: expect.any(String) });
    expect(server.asked).toEqual([]);
  });

  test('a lost answer is retried under the same key: one new payment', async () => {
    const { server, pay, keys } = world('lost-after', '500-after', 'hang-after');
    expect(await pay()).toMatchObject({ success: true, status: 201, data: { paymentId: 1 } });
    expect(server.payments).toHaveLength(1);
    expect(server.asked).toHaveLength(4);
    expect(keys().size).toBe(1);
  });

  test.each(['lost-after', 'hang-after', '500-after', 'html-200-after', 'truncated-after', 'huge-after'] as const)(
    'created, and every answer lost (%s): unclear, never failed; a further call gets the same payment',
    async (behaviour) => {
      const { server, pay } = world(behaviour, behaviour, behaviour, behaviour);
      const result = await pay();
      expect(result).toMatchObject({ success: false, unclear: true });
      expect(result.message.startsWith(UNKNOWN + ' ')).toBe(true);
      expect(await pay()).toMatchObject({ success: true, status: 201, data: { paymentId: 1 } });
      expect(server.payments).toHaveLength(1);
    },
  );

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'ROUTE_NOT_FOUND'],
  ])('a lost answer, then a refusal before the key is checked (%i): unclear', async (status, code) => {
    const { server, pay } = world('lost-after');
    server.rule = () => (server.payments.length ? refusal(status, code) : undefined);
    expect(await pay()).toMatchObject({
      ...{ success: false, status, unclear: true },
      message: `${UNKNOWN} Sorry: ${code}`,
    });
    server.rule = undefined;
    expect(await pay()).toMatchObject({ success: true, status: 201, data: { paymentId: 1 } });
    expect(server.payments).toHaveLength(1);
  });

  test('an answer lost before any work, then a definite refusal: not unclear', async () => {
    const { server, pay } = world('reset-before');
    server.rule = () => refusal(422, 'AMOUNT_MISMATCH');
    expect(await pay()).toMatchObject({ success: false, status: 422, unclear: false });
  });

  test('an aborted call is unclear, and reports every attempt until then', async () => {
    const { service, clock } = world('hang-after');
    const stop = new AbortController();
    const attempts: number[] = [];
    const paying = service.createPayment(WISH, {
      signal: stop.signal,
      onProgress: ({ attempt }) => attempts.push(attempt),
    });
    await settle();
    stop.abort();
    expect(await clock.until(paying)).toMatchObject({ success: false, status: 0, unclear: true });
    expect(attempts).toEqual([1]);
  });

  test('a token that cannot be read gives a result, too, not an exception', async () => {
    const service = createPaymentService({ createPayment: () => Promise.reject(new TypeError('no token')) });
    expect(await service.createPayment(WISH)).toMatchObject({ success: false, status: 0, unclear: true });
  });

  test('uses Indonesian messages where the page’s language is Indonesian', async () => {
    const { pay, speak } = world('html-before', 'html-before', 'html-before', 'html-before');
    speak('id');
    expect((await pay()).message).toBe(
      'Kami belum tahu apakah pembayaran sudah dibuat. Mohon jangan membayar dengan cara lain. Tidak ada jawaban. Silakan coba lagi: hanya dilakukan sekali.',
    );
    expect((await pay()).message).toBe('Pembayaran berhasil dibuat');
  });
});
