import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: one attempt at a time, and one answer for one key.
 * - A lock key is held by one owner; a lease that ended may be taken by the next, in one statement.
 * - An idempotency key is claimed once for each caller, method and route (`client_idempotency_key`): one caller's key,
 *   or one route's, is never another's.
 * - Two databases that share a Redis never replay each other's answers (`client_idempotency_namespace`).
 * - A finished claim has its answer, an unfinished one has none: there is no third state.
 */
export class LocksAndIdempotencyKeys1764000000004 implements MigrationInterface {
  name = 'LocksAndIdempotencyKeys1764000000004';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE TABLE concurrency_locks (
        lock_key    text CONSTRAINT concurrency_locks_pkey PRIMARY KEY,
        owner       uuid NOT NULL,
        user_id     bigint,
        product_id  text,
        request_id  text,
        created_at  timestamptz NOT NULL DEFAULT now(),
        expires_at  timestamptz NOT NULL
      );
      COMMENT ON TABLE concurrency_locks IS 'Leases, used when Redis has no quorum or LOCK_BACKEND is postgres.';
      CREATE INDEX idx_locks_user_product ON concurrency_locks (user_id, product_id);
      CREATE INDEX idx_locks_expires ON concurrency_locks (expires_at);

      CREATE TABLE client_idempotency (
        id                bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT client_idempotency_pkey PRIMARY KEY,
        caller            text NOT NULL,
        method            text NOT NULL,
        route             text NOT NULL,
        idempotency_key   text NOT NULL CONSTRAINT client_idempotency_key_form CHECK (idempotency_key ~ '^[\\x20-\\x7e]{1,255}$'),
        fingerprint       text NOT NULL,
        owner             uuid NOT NULL,
        lease_expires_at  timestamptz NOT NULL,
        resource          text,
        response_status   integer,
        response_body     text,
        created_at        timestamptz NOT NULL DEFAULT now(),
        finished_at       timestamptz,
        expires_at        timestamptz NOT NULL,
        CONSTRAINT client_idempotency_key UNIQUE (caller, method, route, idempotency_key),
        CONSTRAINT client_idempotency_answer CHECK
          ((finished_at IS NULL) = (response_status IS NULL) AND (finished_at IS NULL) = (response_body IS NULL))
      );
      COMMENT ON COLUMN client_idempotency.owner IS 'Who works on it now. Only its owner can finish it: the fence.';
      COMMENT ON COLUMN client_idempotency.resource IS 'What the work has made, as soon as it is committed.';
      -- One row: what tells this database's answers apart from another's in a Redis that both use.
      CREATE TABLE client_idempotency_namespace (
        only_one  boolean CONSTRAINT client_idempotency_namespace_pkey PRIMARY KEY DEFAULT true CHECK (only_one),
        id        uuid NOT NULL DEFAULT gen_random_uuid()
      );
      INSERT INTO client_idempotency_namespace DEFAULT VALUES;
      CREATE INDEX client_idempotency_to_reap ON client_idempotency (expires_at) WHERE finished_at IS NOT NULL;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP TABLE client_idempotency, client_idempotency_namespace, concurrency_locks');
  }
}
