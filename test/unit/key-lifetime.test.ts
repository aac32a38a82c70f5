import { parseConfig } from '#config';
import { KEY_LIVES_MS } from '../../libs/payment-client/src/key-store.js';

describe('the lifetime of an idempotency key', () => {
  it('remembers a key for as long as the browser client may send it', () => {
    const { IDEMPOTENCY_KEY_TTL_SECONDS } = parseConfig({
      DATABASE_URL: 'postgres://u:p@localhost/payonce',
      JWT_SECRET: 'x'.repeat(32),
    });
    expect(KEY_LIVES_MS).toBeLessThan(IDEMPOTENCY_KEY_TTL_SECONDS * 1_000);
  });
});
