import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { LOCK_BACKENDS } from '#config';
import { ask } from '../support/http.js';
import { useStack } from '../support/use-stack.js';

describe.each(LOCK_BACKENDS)('LOCK_BACKEND=%s', (name) => {
  const stack = useStack({ redis: true, settings: { LOCK_BACKEND: name } });

  it('is where new locks are stored', async () => {
    const reply = await ask<Schemas['HeldLocks']>(stack.api.url, '/api/v1/ops/locks', { token: stack.staff.token });
    expect([reply.status, reply.body.data.backend]).toEqual([200, name]);
  });
});
