import { Answer, chooseLanguage, renderAnswer } from '#answers';
import { AuditQueue } from '#audit';
import type { Caller } from '#auth';
import { Config } from '#config';
import { afterCommit } from '#database';
import {
  DatabaseRestored,
  IdempotencyKeyMissing,
  IdempotencyKeyReused,
  LockTimeout,
  PaymentInProgress,
  ValidationFailed,
} from '#errors';
import { IdempotencyModule, type IdempotencyOptions, type Refusal } from '#idempotency';
import { outcomeOfRequest } from '#payments';
import { RedisNodes } from '#redis';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';

/** Configures the idempotency library for Payonce: how callers are identified, and its own envelope and errors. */
export const PayonceIdempotency = IdempotencyModule.with({
  options: {
    inject: [Config, DataSource, AuditQueue],
    useFactory: (config: Config, dataSource: DataSource, audit: AuditQueue): IdempotencyOptions => ({
      caller: (request) => {
        const { caller } = request as { caller?: Caller };
        return caller && callerOf(caller.user_id);
      },
      epoch: (request) => (request as { caller?: Caller }).caller?.epoch,
      cachedFor: (request) => {
        const { caller } = request as { caller?: Caller };
        return caller && [caller.epoch, caller.issuer ?? '', caller.subject];
      },
      render: (answer, request) => {
        if (!(answer instanceof Answer)) throw new TypeError('A controller must return an Answer');
        const { headers, id } = request as FastifyRequest;
        const reader = { language: chooseLanguage(headers['accept-language']), request_id: id };
        return { status: answer.status, body: JSON.stringify(renderAnswer(answer, reader)) };
      },
      refuse,
      afterCommit,
      outcomeOf: (request, resource) =>
        outcomeOfRequest(dataSource.manager, { resource, user_id: (request as { caller: Caller }).caller.user_id }),
      onRepeated: (request, resource) => {
        const { caller } = request as { caller?: Caller };
        if (caller) recordRepetition(audit, caller, resource);
      },
      required: config.IDEMPOTENCY_KEY_REQUIRED,
      keepMs: config.IDEMPOTENCY_KEY_TTL_SECONDS * 1_000,
      cacheMs: config.IDEMPOTENCY_CACHE_TTL_SECONDS * 1_000,
      leaseMs: config.IDEMPOTENCY_LEASE_MS,
      waitMs: config.LOCK_WAIT_MS,
    }),
  },
  store: { inject: [RedisNodes], useFactory: (redis: RedisNodes) => redis.nodes[0] },
});

/** The library's `caller` of a user. */
export const callerOf = (user_id: number) => `user:${user_id}`;

export const userIdOf = (caller: string) => Number(caller.slice('user:'.length));

/** A payment's timeline shows repetitions too: why a person who clicked twice was charged once. */
function recordRepetition(
  audit: AuditQueue,
  { user_id: actor_user_id, request_id }: Caller,
  resource: string | null,
): void {
  const payment_id = paymentIdOf(resource);
  if (payment_id === undefined) return;
  audit.add([{ action: 'request.repeated', lane: 'request', payment_id, actor_user_id, request_id }]);
}

/** The resource that use cases store begins with the payment's id: `12`, or `12/refunds/3`. */
function paymentIdOf(resource: string | null): number | undefined {
  const [id] = /^\d+/.exec(resource ?? '') ?? [];
  return id === undefined ? undefined : Number(id);
}

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
    case 'epoch-changed':
      return new DatabaseRestored();
    // Another request is still working on it, and the wait is over: the client should retry.
    case 'waited-in-vain':
      return new LockTimeout();
    case 'lost':
      return new LockTimeout({ cause: refusal.cause });
  }
}
