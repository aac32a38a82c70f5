import { createPaymentClient, type PaymentClientError, type Progress } from '#payment-client';
import { eventually } from '../support/eventually.js';
import { FakeLocks, FakeStorage } from './support/fake-browser.js';
import { FakeClock } from './support/fake-clock.js';
import { listen } from './support/listening-server.js';
import { type Behaviour, MISBEHAVIOURS, script, TruthfulServer } from './support/truthful-server.js';

const WISH = { consultation_id: 5, amount: 5_000, payment_method: 'stripe' as const };

/** Browsers have these; Node has not. */
const browserAt = (baseUrl: string, clock: FakeClock) =>
  createPaymentClient({ baseUrl, clock, channel: null, locks: new FakeLocks(), sharedStorage: new FakeStorage() });

/** A real server and a real fetch in fake time: pauses pass at once, and a try is timed out when the server has it. */
async function world(...behaviours: Behaviour[]) {
  const server = new TruthfulServer();
  const clock = new FakeClock();
  const next = script(...behaviours);
  const http = await listen(server, () => clock.now(), next);
  const client = browserAt(http.url, clock);
  const onProgress = ({ retry_in_ms }: Progress) => {
    if (retry_in_ms !== undefined) setImmediate(() => void clock.pass(retry_in_ms));
  };
  return { server, clock, http, client, onProgress };
}

describe('the client over a real socket', () => {
  const quick = MISBEHAVIOURS.filter((it) => !it.startsWith('hang'));
  test.each(quick)('%s, twice, then success: one payment, and its answer', async (behaviour) => {
    const { server, http, client, onProgress } = await world(behaviour, behaviour);
    try {
      expect(await client.createPayment(WISH, { onProgress })).toMatchObject({ type: 'new', payment_id: 1 });
      expect(server.payments).toHaveLength(1);
      expect(server.asked).toHaveLength(3);
    } finally {
      await http.close();
    }
  });

  test.each(['hang-before', 'hang-after'] as const)('%s: the try times out, then one payment', async (behaviour) => {
    const { server, clock, http, client, onProgress } = await world(behaviour);
    try {
      const payment = client.createPayment(WISH, { onProgress });
      await eventually(() => server.asked.length === 1, 'the first try has arrived');
      await clock.pass(20_000);
      expect(await payment).toMatchObject({ type: 'new', payment_id: 1 });
      expect(server.payments).toHaveLength(1);
    } finally {
      await http.close();
    }
  });

  test('no server listens: reports it after four tries, with the cause', async () => {
    const { http, clock, onProgress } = await world();
    await http.close();
    const client = browserAt(http.url, clock);
    const error = await client.createPayment(WISH, { onProgress }).catch((it: PaymentClientError) => it);
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', status: 0, retryable: true });
    // fetch's own TypeError, of another realm than jest's.
    expect(String((error as PaymentClientError).cause)).toMatch(/TypeError/);
  });
});
