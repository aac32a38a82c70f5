import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { held } from '../simulator/support/held.js';
import { eventually } from '../support/eventually.js';
import { linesOf, linesSaying, untilLogged } from '../support/log-lines.js';
import { openShop, type Shop } from './support/shop.js';

const CONFLICT = 'Idempotency conflict detected - returning 409 status';
const PASSED = '[payment-service] Idempotency check passed: session created successfully';

describe('log lines of checkouts', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  const checkoutLines = () => linesOf(shop.api).filter(({ message }) => message.startsWith('[payment-service] idem'));

  it('scripts/test-concurrent-checkout.js: one session and two conflicts, each under its key', async () => {
    const script = path.resolve(__dirname, '../../scripts/test-concurrent-checkout.js');
    const words = [script, '--url', shop.api.url, '--jwt', shop.patient.token, '--product', 'plan-1'];
    // Stripe answers the first once the others are refused: one that came later would be given the same answer.
    await shop.faults({ hold: { path: '/v1/checkout/sessions', method: 'POST', times: 1 } });
    const exit = once(spawn(process.execPath, words), 'exit') as Promise<[number]>;
    await eventually(() => linesSaying(shop.api, CONFLICT).length === 2, 'two are refused');
    await shop.simulator.sim('faults/release', {});
    expect(await exit).toEqual([0, null]);
    await untilLogged(shop.api);
    const [passed, ...more] = linesSaying(shop.api, PASSED);
    expect(more).toEqual([]);
    const { idempotency_key, session_id } = passed as { idempotency_key?: string; session_id?: string };
    expect(passed).toMatchObject({ idempotency_key: expect.any(String), session_id: expect.stringMatching(/^cs_/) });
    const conflict = expect.objectContaining({ level: 'warn', idempotency_key });
    expect(linesSaying(shop.api, CONFLICT)).toEqual([conflict, conflict]);
    const text = `[payment-service] idempotencyKey=${idempotency_key} user=${shop.patient.id} product=plan-1`;
    expect(checkoutLines().map(({ message }) => message)).toEqual([text, `${text} session=${session_id}`]);
  });

  it('another key for the same product, refused without waiting: one conflict, under that key', async () => {
    await shop.faults({ hold: { path: '/v1/checkout/sessions', method: 'POST', times: 1 } });
    const first = shop.checkout('plan-2', {}, 'first');
    await held(shop.simulator, 1);
    expect((await shop.checkout('plan-2', {}, 'second')).status).toBe(409);
    expect((await shop.checkout('plan-2')).status).toBe(409);
    await shop.simulator.sim('faults/release', {});
    expect((await first).status).toBe(200);
    await untilLogged(shop.api);
    expect(linesSaying(shop.api, CONFLICT).map((line) => line.idempotency_key)).toEqual(['second', null]);
  });

  it('a key is one field, whatever it contains', async () => {
    const forged = 'k user=1 product=plan-9 100%';
    expect((await shop.checkout('plan-3', {}, forged)).status).toBe(200);
    await untilLogged(shop.api);
    const lines = checkoutLines();
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatchObject({ idempotency_key: forged, user_id: shop.patient.id, product_id: 'plan-3' });
      expect(line.message.match(/\b(user|product)=\S+/g)).toEqual([`user=${shop.patient.id}`, 'product=plan-3']);
      expect(line.message).toContain('idempotencyKey=k%20user%3D1%20product%3Dplan-9%20100%25 user=');
    }
    // In the form that the log has always had, for every key that is one word.
    expect((await shop.checkout('plan-4', {}, 'order:4/a"b')).status).toBe(200);
    await untilLogged(shop.api);
    expect(checkoutLines().at(-1)!.message).toMatch(
      /^\[payment-service\] idempotencyKey=order:4\/a"b user=\d+ product=/,
    );
    expect((await shop.checkout('plan-5', { idempotency_key: 'k\nuser=1' })).status).toBe(422);
  });
});
