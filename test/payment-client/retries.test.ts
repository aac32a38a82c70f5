import { CallAbortedError, type PaymentClientError, type Progress, UnclearOutcomeError } from '#payment-client';
import { FakeBrowser } from './support/fake-browser.js';
import { settle } from './support/fake-clock.js';
import { type Behaviour, fetchOf, refusal, script, success, TruthfulServer } from './support/truthful-server.js';

const WISH = { consultation_id: 5, amount: 5_000, payment_method: 'stripe' as const };

function world(...behaviours: Behaviour[]) {
  const server = new TruthfulServer();
  const browser: FakeBrowser = new FakeBrowser({
    fetch: fetchOf(server, () => browser.clock.now(), script(...behaviours)),
  });
  const tab = browser.open();
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => told.push(progress);
  return { server, browser, ...tab, told, onProgress, waits: () => told.flatMap((it) => it.retry_in_ms ?? []) };
}

const failureOf = (promise: Promise<unknown>): Promise<PaymentClientError> =>
  promise.then(
    () => Promise.reject(new Error('It succeeded')),
    (error: PaymentClientError) => error,
  );

describe('retries', () => {
  test('without a key a lost answer charges twice; with the client, once, and the second answer equals the first', async () => {
    const naive = new TruthfulServer();
    const send = fetchOf(naive, () => 0, script('lost-after'));
    const post = () => send('/api/v1/payments', { method: 'POST', body: JSON.stringify(WISH) });
    await post().catch(post);
    expect(naive.payments).toHaveLength(2);

    const { server, browser, client } = world('lost-after');
    const created = await browser.clock.until(client.createPayment(WISH));
    expect(server.payments).toHaveLength(1);
    expect(created).toMatchObject({ type: 'new', payment_id: 1 });
  });

  test('waits 1, 2, 4 seconds between three retries, then fails with an unclear outcome', async () => {
    const { server, browser, client, waits, told, onProgress } = world(
      '500-before',
      '500-before',
      '500-before',
      '500-before',
    );
    const error = await browser.clock.until(failureOf(client.createPayment(WISH, { onProgress })));
    expect(waits()).toEqual([1_000, 2_000, 4_000]);
    expect(told.map(({ phase }) => phase)).toEqual([
      ...['sending', 'retrying', 'sending', 'retrying', 'sending', 'retrying', 'sending'],
    ]);
    expect(server.asked).toHaveLength(4);
    expect(new Set(server.asked.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    expect(error).toBeInstanceOf(UnclearOutcomeError);
    expect(error).toMatchObject({
      code: 'INTERNAL_ERROR',
      status: 500,
      retryable: true,
      message: 'Sorry: INTERNAL_ERROR',
    });
    expect(error.request_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    [0, 750],
    [0.999_999, 1_250],
  ])('jitter: chance %f waits %i ms at first', async (chance, expected_ms) => {
    const { browser, waits, onProgress } = world('500-before');
    const { client } = browser.open(undefined, { random: () => chance });
    await browser.clock.until(client.createPayment(WISH, { onProgress }));
    expect(waits()).toEqual([expected_ms]);
  });

  test('Retry-After is kept to, in seconds and as a date; one that is too long is reported, not waited for', async () => {
    const { browser, client, waits, onProgress } = world('503-before', '503-date-after');
    await browser.clock.until(client.createPayment(WISH, { onProgress }));
    expect(waits()[0]).toBe(3_000);
    // HTTP dates have whole seconds.
    expect(waits()[1]).toBeGreaterThan(3_900);

    const patient = world();
    patient.server.rule = () => refusal(503, 'LOCK_TIMEOUT', { retry_after: '3600' });
    const error = await patient.browser.clock.until(failureOf(patient.client.createPayment(WISH)));
    expect(error).toMatchObject({ code: 'LOCK_TIMEOUT', retry_after_ms: 3_600_000, retryable: true });
    expect(patient.server.asked).toHaveLength(1);
  });

  test('a request still running on the server is polled until it is done, without using up retries', async () => {
    const running = Array<Behaviour>(8).fill('in-progress');
    const { server, browser, client, waits, onProgress } = world(...running, '500-before', '500-before', '500-before');
    const created = await browser.clock.until(client.createPayment(WISH, { onProgress }));
    expect(created.type).toBe('new');
    expect(waits().slice(0, 4)).toEqual([1_000, 2_000, 4_000, 4_000]);
    expect(server.payments).toHaveLength(1);
  });

  test('a request that never finishes is given up after the longest server timeout, as unclear', async () => {
    const { server, browser, client, waits, onProgress } = world();
    server.rule = () => refusal(409, 'PAYMENT_IN_PROGRESS');
    const error = await browser.clock.until(failureOf(client.createPayment(WISH, { onProgress })));
    expect(error).toBeInstanceOf(UnclearOutcomeError);
    expect(waits().reduce((a, b) => a + b)).toBeGreaterThan(60_000);
    expect(waits().length).toBeLessThan(20);
  });

  test('a payment that exists is an answer, not an error', async () => {
    const { server, browser, client } = world();
    const checkout = { session_id: 'cs_1', url: 'https://stripe.test/1', expires_at: null };
    const data = { type: 'existing', payment_id: 9, status: 'pending', payment: { id: 9 }, checkout };
    server.rule = () => refusal(409, 'PAYMENT_EXISTS', { data });
    expect(await browser.clock.until(client.createPayment(WISH))).toEqual(data);
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    [400, 'MALFORMED_REQUEST'],
    [401, 'UNAUTHENTICATED'],
    [402, 'TRANSACTION_NOT_PAID'],
    [403, 'FORBIDDEN'],
    [404, 'CONSULTATION_NOT_FOUND'],
    [409, 'CONSULTATION_CLOSED'],
    [422, 'VALIDATION_FAILED'],
    [502, 'STRIPE_REFUSED'],
  ])('%i %s is not retried and not unclear', async (status, code) => {
    const { server, browser, client } = world();
    server.rule = () => refusal(status, code, { data: { fields: {} } });
    const error = await browser.clock.until(failureOf(client.createPayment(WISH)));
    expect(error).not.toBeInstanceOf(UnclearOutcomeError);
    expect(error).toMatchObject({ status, code, retryable: false, data: { fields: {} } });
    expect(server.asked).toHaveLength(1);
  });

  test('a hanging answer is aborted after 20 s and retried, even when fetch ignores the signal', async () => {
    const { server, browser, client, told, onProgress } = world('hang-after', 'hang-before');
    const created = await browser.clock.until(client.createPayment(WISH, { onProgress }));
    expect(created).toMatchObject({ type: 'new', payment_id: 1 });
    expect(told.filter(({ phase }) => phase === 'sending')).toHaveLength(3);
    expect(server.payments).toHaveLength(1);
  });

  test('an abort ends the wait at once, in flight and between tries, and the next call continues with the key', async () => {
    for (const behaviours of [['hang-after'], ['lost-after']] as Behaviour[][]) {
      const { server, browser, client } = world(...behaviours);
      const abort = new AbortController();
      const failure = failureOf(client.createPayment(WISH, { signal: abort.signal }));
      await settle();
      abort.abort();
      expect(await failure).toBeInstanceOf(CallAbortedError);
      expect((await failure).name).toBe('AbortError');
      await settle();
      expect(browser.clock.waiting).toBe(0);
      await browser.clock.until(client.createPayment(WISH));
      expect(server.payments).toHaveLength(1);
    }
  });

  test('an already aborted call sends nothing', async () => {
    const { server, client } = world();
    expect(await failureOf(client.createPayment(WISH, { signal: AbortSignal.abort() }))).toBeInstanceOf(
      CallAbortedError,
    );
    await settle();
    expect(server.asked).toHaveLength(0);
  });

  test('a triple click is one request; aborting one of the three calls does not affect the others', async () => {
    const { server, browser, client } = world('lost-after');
    const abort = new AbortController();
    const first = failureOf(client.createPayment(WISH, { signal: abort.signal }));
    const clicks = [client.createPayment(WISH), client.createPayment({ ...WISH })];
    await settle();
    abort.abort();
    expect(await first).toBeInstanceOf(CallAbortedError);
    const [second, third] = await browser.clock.until(Promise.all(clicks));
    expect(second).toBe(third);
    expect(server.asked).toHaveLength(2);
    expect(server.payments).toHaveLength(1);
  });

  test('offline: waits for the connection without using up retries; fails when still offline after a minute', async () => {
    const { server, browser, client, told, onProgress } = world(
      'reset-before',
      '500-before',
      '500-before',
      '500-before',
    );
    browser.online = false;
    const payment = client.createPayment(WISH, { onProgress });
    await browser.clock.pass(59_000);
    expect(told.at(-1)).toEqual({ phase: 'retrying', attempt: 1 });
    expect(server.asked).toHaveLength(1);
    browser.goOnline();
    expect((await browser.clock.until(payment)).type).toBe('new');

    const tunnel = world('reset-before');
    tunnel.browser.online = false;
    const error = await tunnel.browser.clock.until(failureOf(tunnel.client.createPayment(WISH)));
    expect(error).toMatchObject({ code: 'OFFLINE', status: 0, retryable: true });
    expect(tunnel.browser.whenOnline.size).toBe(0);
  });

  test('an unreadable 200 is retried; an unreadable 403 is not', async () => {
    const { server, browser, client } = world('html-200-after', 'truncated-after', 'wrong-envelope-after');
    expect((await browser.clock.until(client.createPayment(WISH))).type).toBe('new');
    expect(server.payments).toHaveLength(1);

    const wall = world();
    wall.server.rule = () => ({ status: 403, headers: {}, body: '<html>Web application firewall</html>' });
    const error = await wall.browser.clock.until(failureOf(wall.client.createPayment(WISH)));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', status: 403, retryable: false });
    expect(wall.server.asked).toHaveLength(1);
  });

  test('a redirect is not followed; a status that contradicts its body is an error', async () => {
    const { server, browser, client } = world();
    server.rule = () => ({ status: 302, headers: { location: 'https://evil.test/' }, body: '' });
    expect(await browser.clock.until(failureOf(client.createPayment(WISH)))).toMatchObject({
      code: 'BAD_ANSWER',
      status: 302,
    });
    server.rule = () => ({ ...success(201, { payment_id: 1 }), status: 200 });
    expect(await browser.clock.until(failureOf(client.createPayment(WISH)))).toMatchObject({ code: 'BAD_ANSWER' });
    server.rule = () => success(201, { surprise: true });
    expect(await browser.clock.until(failureOf(client.createPayment(WISH)))).toMatchObject({ code: 'BAD_ANSWER' });
    server.rule = undefined;
    expect((await browser.clock.until(client.createPayment(WISH))).type).toBe('new');
  });

  test('its own messages are in the requested language', async () => {
    const { browser } = world(...Array<Behaviour>(8).fill('reset-before'));
    const { client } = browser.open(undefined, { language: () => 'id-ID' });
    const error = await browser.clock.until(failureOf(client.createPayment(WISH)));
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', message: expect.stringContaining('Silakan coba lagi') });
  });

  test('amounts that are not integers are not sent', async () => {
    const { server, client } = world();
    await expect(client.createPayment({ ...WISH, amount: 50.5 })).rejects.toBeInstanceOf(RangeError);
    await expect(client.refund(1, { amount: NaN, reason: 'x' })).rejects.toBeInstanceOf(RangeError);
    expect(server.asked).toHaveLength(0);
  });

  test('each method calls its documented route', async () => {
    const { server, browser, client } = world();
    const options = { token: () => 'secret', language: () => 'id', baseUrl: 'http://shop.test/prefix' };
    const { client: abroad } = browser.open(undefined, options);
    await client.createCheckout({ product_id: 'monthly-plan', quantity: 2 });
    server.rule = ({ method, path }) =>
      method === 'POST' && path.includes('/7/') ? success(200, { payment: {} }) : undefined;
    await client.confirm(7, { transaction_id: 'T1' });
    await client.refund(7, { reason: 'wish' });
    await client.cancel(7);
    await client.send('/ops/webhooks/7/retry');
    await client.get(7);
    await client.list({ limit: 5 });
    await client.timeline(7);
    await abroad.read('/consultations');
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/checkout',
      'POST /api/v1/payments/7/confirm',
      'POST /api/v1/payments/7/refund',
      'POST /api/v1/payments/7/cancel',
      'POST /api/v1/ops/webhooks/7/retry',
      'GET /api/v1/payments/7',
      'GET /api/v1/payments',
      'GET /api/v1/payments/7/timeline',
      'GET /prefix/api/v1/consultations',
    ]);
    const writes = server.asked.filter(({ method }) => method === 'POST');
    for (const { headers } of writes)
      expect(headers.get('idempotency-key')).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    expect(server.asked.at(-1)!.headers.get('idempotency-key')).toBeNull();
    expect(server.asked.at(-1)!.headers.get('authorization')).toBe('Bearer secret');
    expect(server.asked.at(-1)!.headers.get('accept-language')).toBe('id');
  });
});
