import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The fence of the request that creates the payment and sends the session first. */
export const INITIAL_FENCE = 1;

export type SessionState = 'unanswered' | 'open' | 'complete' | 'expired' | 'refused';

/** The session requested from Stripe for one payment, and what is known of the answer. */
export interface SessionRow {
  readonly payment_id: number;
  /** A UUID that identifies the payment at Stripe, too. */
  readonly ref: string;
  readonly fence: number;
  readonly attempt: number;
  readonly request: string;
  readonly api_version: string;
  readonly state: SessionState;
  readonly post_again: boolean;
  readonly key_age_seconds: number;
  readonly first_sent_at: Date;
  readonly last_sent_at: Date;
  readonly empty_listings: number;
  readonly ms_since_listed: number | null;
  readonly last_listed_at: Date | null;
  readonly session_id: string | null;
  readonly url: string | null;
  readonly session_expires_at: Date | null;
  /** Expired by our clock; only Stripe knows whether it was paid in time. */
  readonly lapsed: boolean;
}

/** The stored fields of a session. */
export interface KnownSession {
  readonly id: string;
  readonly url: string | null;
  /** Seconds since 1970. */
  readonly expires_at: number;
  readonly state: Exclude<SessionState, 'unanswered' | 'refused'>;
}

const COLUMNS = `s.payment_id, p.ref, s.fence, s.attempt, s.request, s.api_version, s.state, s.post_again,
  extract(epoch FROM clock_timestamp() - s.first_sent_at)::float8 AS key_age_seconds, s.first_sent_at, s.last_sent_at,
  s.empty_listings, (extract(epoch FROM clock_timestamp() - s.last_listed_at) * 1000)::float8 AS ms_since_listed, s.last_listed_at,
  s.session_id, s.url, s.session_expires_at, coalesce(s.session_expires_at <= clock_timestamp(), false) AS lapsed`;

const IS_DUE = `s.state IN ('unanswered', 'open', 'complete') AND p.status = 'pending' AND s.look_at <= now()`;

/** For a query `FROM payments`: the Stripe id of its page. */
export const SESSION_OF_PAYMENT = '(SELECT s.session_id FROM stripe_sessions s WHERE s.payment_id = payments.id)';

/** @param session_id a text expression in SQL. @returns a query for the id of the payment that is paid on that page */
export const paymentsOfSession = (session_id: string) =>
  `SELECT s.payment_id FROM stripe_sessions s WHERE s.session_id = ${session_id}`;

@Injectable()
export class StripeSessionsRepository {
  /** Inserted with the payment, in its transaction. */
  async insert(tx: EntityManager, row: { payment_id: number; request: string; api_version: string }): Promise<void> {
    await tx.query('INSERT INTO stripe_sessions (payment_id, fence, request, api_version) VALUES ($1, $4, $2, $3)', [
      row.payment_id,
      row.request,
      row.api_version,
      INITIAL_FENCE,
    ]);
  }

  async find(manager: EntityManager, payment_id: number): Promise<SessionRow | undefined> {
    const [row] = await manager.query<SessionRow[]>(
      `SELECT ${COLUMNS} FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id WHERE s.payment_id = $1`,
      [payment_id],
    );
    return row;
  }

  /** Rows that only a listing can answer, longest waiting first. Bounded, because each sweep asks anew. */
  async unanswered(
    manager: EntityManager,
    { key_older_than_seconds }: { key_older_than_seconds: number },
  ): Promise<Pick<SessionRow, 'first_sent_at' | 'last_sent_at'>[]> {
    return manager.query<Pick<SessionRow, 'first_sent_at' | 'last_sent_at'>[]>(
      `SELECT s.first_sent_at, s.last_sent_at FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
       WHERE s.state = 'unanswered' AND p.status = 'pending'
         AND (NOT s.post_again OR s.first_sent_at < now() - make_interval(secs => $1))
       ORDER BY s.look_at LIMIT 1000`,
      [key_older_than_seconds],
    );
  }

  /** For legacy sessions, which do not carry our payment id. */
  async paymentOf(manager: EntityManager, session_id: string): Promise<number | undefined> {
    const [row] = await manager.query<{ payment_id: number }[]>(
      'SELECT payment_id FROM stripe_sessions WHERE session_id = $1',
      [session_id],
    );
    return row?.payment_id;
  }

  /** From now on, a process that worked on the row before can no longer write to it. */
  async raiseFence(manager: EntityManager, payment_id: number): Promise<SessionRow | undefined> {
    const [[row]] = await manager.query<[SessionRow[], number]>(
      `UPDATE stripe_sessions s SET fence = s.fence + 1 FROM payments p
       WHERE s.payment_id = $1 AND p.id = s.payment_id RETURNING ${COLUMNS}`,
      [payment_id],
    );
    return row;
  }

  /** Records that a key is about to be sent again. @returns false when another process works on the row by now */
  async setSent(manager: EntityManager, row: { payment_id: number; fence: number }): Promise<boolean> {
    const [, sent] = await manager.query<[unknown[], number]>(
      'UPDATE stripe_sessions SET last_sent_at = clock_timestamp() WHERE payment_id = $1 AND fence = $2',
      [row.payment_id, row.fence],
    );
    return sent === 1;
  }

  /** @returns false when another process has raised the fence, or has already attached a session */
  async attach(tx: EntityManager, row: { payment_id: number; fence: number }, session: KnownSession): Promise<boolean> {
    const [, attached] = await tx.query<[unknown[], number]>(
      `UPDATE stripe_sessions
       SET state = $3, session_id = $4, url = $5, session_expires_at = to_timestamp($6),
           look_at = least(now() + interval '1 minute', to_timestamp($6) + interval '5 seconds'), looks = 0
       WHERE payment_id = $1 AND fence = $2 AND state = 'unanswered'`,
      [row.payment_id, row.fence, session.state, session.id, session.url, session.expires_at],
    );
    return attached === 1;
  }

  /** Stores the new state of an attached session. */
  async become(tx: EntityManager, payment_id: number, state: 'open' | 'complete' | 'expired'): Promise<void> {
    await tx.query('UPDATE stripe_sessions SET state = $2 WHERE payment_id = $1', [payment_id, state]);
  }

  /** Stripe refused to make the session. @returns false when another process has raised the fence */
  async refuse(tx: EntityManager, row: { payment_id: number; fence: number }): Promise<boolean> {
    const [, updated] = await tx.query<[unknown[], number]>(
      `UPDATE stripe_sessions SET state = 'refused' WHERE payment_id = $1 AND fence = $2`,
      [row.payment_id, row.fence],
    );
    return updated === 1;
  }

  /**
   * Ends the checks of a session. Its state stays what Stripe last reported, unless Stripe has closed it.
   * @returns false when another process has raised the fence
   */
  async stopChecking(tx: EntityManager, row: { payment_id: number; fence: number }, closed: boolean): Promise<boolean> {
    const [, updated] = await tx.query<[unknown[], number]>(
      `UPDATE stripe_sessions
       SET look_at = 'infinity', state = CASE WHEN $3 AND state = 'open' THEN 'expired' ELSE state END
       WHERE payment_id = $1 AND fence = $2`,
      [row.payment_id, row.fence, closed],
    );
    return updated === 1;
  }

  /** The key is used up: from now on, only listings can prove whether a session was made. */
  async stopPosting(
    manager: EntityManager,
    row: { payment_id: number; fence: number },
  ): Promise<SessionRow | undefined> {
    const [[stopped]] = await manager.query<[SessionRow[], number]>(
      `UPDATE stripe_sessions s SET post_again = false FROM payments p
       WHERE s.payment_id = $1 AND s.fence = $2 AND p.id = s.payment_id RETURNING ${COLUMNS}`,
      [row.payment_id, row.fence],
    );
    return stopped;
  }

  async countEmptyListing(manager: EntityManager, row: { payment_id: number; fence: number }): Promise<void> {
    await manager.query(
      `UPDATE stripe_sessions SET empty_listings = empty_listings + 1, last_listed_at = clock_timestamp()
       WHERE payment_id = $1 AND fence = $2`,
      [row.payment_id, row.fence],
    );
  }

  /** Nothing was made under the last key, as proven: the next one may be sent. */
  async raiseAttempt(
    manager: EntityManager,
    row: { payment_id: number; fence: number },
  ): Promise<SessionRow | undefined> {
    const [[raised]] = await manager.query<[SessionRow[], number]>(
      `UPDATE stripe_sessions s
       SET attempt = s.attempt + 1, post_again = true, empty_listings = 0, last_listed_at = NULL,
           first_sent_at = clock_timestamp(), last_sent_at = clock_timestamp()
       FROM payments p
       WHERE s.payment_id = $1 AND s.fence = $2 AND p.id = s.payment_id RETURNING ${COLUMNS}`,
      [row.payment_id, row.fence],
    );
    return raised;
  }

  /**
   * Takes the sessions that the worker must check and moves their next check forward: other workers skip them, and they
   * are due again if this worker dies. The pause is short for unanswered or just expired sessions, and grows for those
   * that do not change.
   */
  async takeDue(manager: EntityManager, limit: number, only: number | null = null): Promise<number[]> {
    const [rows] = await manager.query<[{ payment_id: number }[], number]>(
      `UPDATE stripe_sessions SET looks = looks + 1,
         look_at = least(
           now() + CASE WHEN state = 'unanswered' THEN least(5 * power(2, least(looks, 6)), 300)
                        ELSE least(60 * power(2, least(looks, 6)), 3600) END * interval '1 second',
           CASE WHEN state = 'open' AND session_expires_at > now() THEN session_expires_at + interval '5 seconds' END)
       WHERE payment_id IN (
         SELECT s.payment_id FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
         WHERE ${IS_DUE} AND ($2::bigint IS NULL OR s.payment_id = $2)
         ORDER BY s.look_at LIMIT $1 FOR UPDATE OF s SKIP LOCKED)
       RETURNING payment_id`,
      [limit, only],
    );
    return rows.map((row) => row.payment_id);
  }

  /** The rows that would be taken next; locks nothing. */
  async due(manager: EntityManager, limit: number, except: readonly number[]): Promise<number[]> {
    const rows = await manager.query<{ payment_id: number }[]>(
      `SELECT s.payment_id FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
       WHERE ${IS_DUE} AND s.payment_id <> ALL($2) ORDER BY s.look_at LIMIT $1`,
      [limit, except],
    );
    return rows.map((row) => row.payment_id);
  }
}
