import { Answer, chooseLanguage, renderAnswer } from '#answers';
import type { Caller } from '#auth';
import { Config } from '#config';
import { IdempotencyKeyMissing, IdempotencyKeyReused, LockTimeout, PaymentInProgress, ValidationFailed } from '#errors';
import { IdempotencyModule, type IdempotencyOptions, type Refusal } from '#idempotency';
import { RedisNodes } from '#redis';
import type { FastifyRequest } from 'fastify';

/** How Payonce plugs the idempotency library in: who the caller is, and its own envelope and errors. */
export const PayonceIdempotency = IdempotencyModule.with({
  options: {
    inject: [Config],
    useFactory: (config: Config): IdempotencyOptions => ({
      caller: (request) => {
        const { caller } = request as { caller?: Caller };
        return caller && `user:${caller.user_id}`;
      },
      render: (answer, request) => {
        if (!(answer instanceof Answer)) throw new TypeError('A controller must return an Answer');
        const { headers, id } = request as FastifyRequest;
        const reader = { language: chooseLanguage(headers['accept-language']), request_id: id };
        return { status: answer.status, body: JSON.stringify(renderAnswer(answer, reader)) };
      },
      refuse,
      required: config.IDEMPOTENCY_KEY_REQUIRED,
      leaseMs: config.IDEMPOTENCY_LEASE_MS,
    }),
  },
  store: { inject: [RedisNodes], useFactory: (redis: RedisNodes) => redis.nodes[0] },
});

function refuse(refusal: Refusal): Error {
  switch (refusal.why) {
    case 'missing':
      return new IdempotencyKeyMissing();
    case 'invalid':
      return new ValidationFailed([
        { field: refusal.field, rule: refusal.problem === 'differs' ? 'key_differs' : 'idempotency_key' },
      ]);
    case 'reused':
      return new IdempotencyKeyReused();
    case 'running':
      return new PaymentInProgress({ idempotency_key: refusal.key, retry_after: refusal.retryAfterSeconds });
    // Somebody else works on it, and the caller has waited as long as one waits: the seed's 503, to be tried again.
    case 'waited-in-vain':
    case 'lost':
      return new LockTimeout();
  }
}
