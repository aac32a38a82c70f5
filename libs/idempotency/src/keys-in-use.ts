import type { EntityManager } from 'typeorm';

export type KeyState = 'running' | 'finished';

/** A key as staff see it, without its request and its answer. */
export interface KeyInUse {
  readonly id: number;
  readonly caller: string;
  readonly method: string;
  readonly route: string;
  readonly idempotency_key: string;
  readonly resource: string | null;
  readonly response_status: number | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly expires_at: Date;
  readonly lease_expires_at: Date;
}

/** Reads `client_idempotency` for staff. */
export class KeysInUse {
  constructor(private readonly manager: EntityManager) {}

  /**
   * Newest first; each filter may be null. The query contains only the filters that are given, so that Postgres can
   * use an index.
   */
  async list(
    page: { limit: number; before: number | null },
    of: { state: KeyState | null; caller: string | null },
  ): Promise<KeyInUse[]> {
    const values: unknown[] = [page.limit];
    const where = [
      of.state === null ? '' : `finished_at IS ${of.state === 'running' ? '' : 'NOT '}NULL`,
      of.caller === null ? '' : `caller = $${values.push(of.caller)}`,
      page.before === null ? '' : `id < $${values.push(page.before)}`,
    ].filter(Boolean);
    return this.manager.query<KeyInUse[]>(
      `SELECT id, caller, method, route, idempotency_key, resource, response_status, created_at, finished_at, expires_at,
              lease_expires_at
       FROM client_idempotency ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY id DESC LIMIT $1`,
      values,
    );
  }
}
