import type { StripeDispute, StripeRefund, StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../../ledger/ledger.js';
import { outcomeOfDispute } from '../disputes/dispute-outcome.js';
import { purchaseIdIn, referenceIn } from '../objects/reference.js';
import { statusOfRefund } from '../refunds/refund-status.js';
import { transactionOf } from '../sessions/session-updates.js';
import { DiscrepanciesRepository, type Discrepancy } from './discrepancies.repository.js';

const OUR_CHARGE = `EXISTS (SELECT 1 FROM charges c WHERE c.payment_method = 'stripe' AND c.payment_id IS NOT NULL
  AND c.transaction_id = x.payment_intent)`;

/**
 * Finds which objects of a page are ours and contain something that the database does not have. One query for each
 * page.
 */
@Injectable()
export class MissingFromLedger {
  private readonly manager: EntityManager;

  constructor(
    ledger: Ledger,
    private readonly discrepancies: DiscrepanciesRepository,
  ) {
    this.manager = ledger.manager;
  }

  /** Refunds of our payment intents, or with our reference. A refund that never took any money is skipped. */
  async refunds(page: readonly StripeRefund[]): Promise<StripeRefund[]> {
    const rows = page.map((refund) => ({
      id: refund.id,
      payment_intent: idOf(refund.payment_intent),
      ref: referenceIn(refund.metadata) ?? null,
      status: statusOfRefund(refund),
    }));
    const found = await this.manager.query<{ id: string }[]>(
      `SELECT x.id FROM jsonb_to_recordset($1::jsonb) AS x(id text, payment_intent text, ref uuid, status text)
         LEFT JOIN refunds known ON upper(known.transaction_id) = upper(x.id) AND known.transaction_id = x.id
           AND known.payment_method = 'stripe'
         LEFT JOIN refunds asked ON asked.ref = x.ref AND asked.payment_method = 'stripe'
       WHERE (${OUR_CHARGE} OR asked.id IS NOT NULL) AND known.status IS DISTINCT FROM x.status
         AND (x.status NOT IN ('failed', 'cancelled') OR known.id IS NOT NULL OR asked.status = 'pending')`,
      [JSON.stringify(rows)],
    );
    return among(page, found);
  }

  async disputes(page: readonly StripeDispute[]): Promise<StripeDispute[]> {
    const rows = page.map((dispute) => ({
      id: dispute.id,
      payment_intent: idOf(dispute.payment_intent),
      status: dispute.status,
      amount: dispute.amount,
      ...comparable(dispute),
    }));
    const found = await this.manager.query<{ id: string }[]>(
      `SELECT x.id FROM jsonb_to_recordset($1::jsonb) AS x(id text, payment_intent text, status text, amount bigint,
                                                    lost_amount bigint, charge_refundable boolean)
       WHERE ${OUR_CHARGE} AND NOT EXISTS (SELECT 1 FROM disputes d
         WHERE d.dispute_id = x.id AND d.stripe_status = x.status AND d.amount = x.amount
           AND (d.state = 'open' OR d.lost_amount = x.lost_amount) AND d.charge_refundable = x.charge_refundable)`,
      [JSON.stringify(rows)],
    );
    return among(page, found);
  }

  /**
   * Whether a paid session with our reference belongs to a payment that the database does not have: the database was
   * restored to an earlier state, or ids were reused after a failover. Such a session is recorded for staff and never
   * treated as foreign.
   */
  async isOfUnknownPayment(session: StripeSession): Promise<boolean> {
    if (session.payment_status !== 'paid' || !isOurs(session)) return false;
    return (await this.sessions([session])).unknown > 0;
  }

  /**
   * Paid sessions of ours whose money is not booked. Sessions that cannot be booked are recorded as discrepancies:
   * those of a payment that no longer exists after a restore, and a second one for a payment that already has its
   * money. The second kind is recorded even after its money was refunded, because it shows that the same purchase could
   * be paid twice.
   * @returns the sessions to book, the discrepancies recorded for the first time, and the number of unknown payments
   */
  async sessions(
    page: readonly StripeSession[],
  ): Promise<{ unbooked: StripeSession[]; recorded: Discrepancy[]; unknown: number }> {
    const paid = page.filter((session) => session.payment_status === 'paid' && isOurs(session));
    const rows = paid.map((session) => ({
      id: session.id,
      ref: referenceIn(session.metadata),
      transaction: transactionOf(session),
    }));
    const found = await this.manager.query<
      { id: string; payment_id: number | null; booked: boolean; twice: boolean }[]
    >(
      `SELECT x.id, p.id AS payment_id, c.id IS NOT NULL AS booked,
              c.disposition IS DISTINCT FROM 'accepted' AND EXISTS (SELECT 1 FROM charges other
                WHERE other.payment_id = p.id AND other.disposition = 'accepted') AS twice
       FROM jsonb_to_recordset($1::jsonb) AS x(id text, ref uuid, transaction text)
         LEFT JOIN payments p ON p.ref = x.ref
         LEFT JOIN charges c ON c.payment_method = 'stripe'
           AND c.transaction_id = x.transaction`,
      [JSON.stringify(rows)],
    );
    const recorded: Discrepancy[] = [];
    for (const { id, payment_id, twice } of found) {
      if (payment_id !== null && !twice) continue;
      const session = paid.find((one) => one.id === id)!;
      const first = await this.discrepancies.record(this.manager, {
        kind: payment_id === null ? 'unknown_payment' : 'paid_twice',
        stripe_id: id,
        payment_id,
        amount: session.amount_total ?? 0,
        currency: session.currency ?? '',
        detail: { payment_intent: transactionOf(session), metadata: session.metadata },
      });
      if (first) recorded.push(first);
    }
    const unbooked = found.filter((one) => one.payment_id !== null && !one.booked);
    const unknown = found.filter((one) => one.payment_id === null).length;
    return { unbooked: among(paid, unbooked), recorded, unknown };
  }
}

/** Requires both ids: another program may also use `purchaseId`. */
function isOurs({ metadata }: StripeSession): boolean {
  return purchaseIdIn(metadata) !== undefined && referenceIn(metadata) !== undefined;
}

function among<Item extends { id: string }>(page: readonly Item[], found: readonly { id: string }[]): Item[] {
  const ids = new Set(found.map(({ id }) => id));
  return page.filter(({ id }) => ids.has(id));
}

/** A status that this version does not know never compares as equal, so its event waits for staff. */
function comparable(dispute: StripeDispute): { lost_amount: number | null; charge_refundable: boolean | null } {
  try {
    const { lost_amount, charge_refundable } = outcomeOfDispute(dispute);
    return { lost_amount, charge_refundable };
  } catch {
    return { lost_amount: null, charge_refundable: null };
  }
}

function idOf(intent: string | { id: string } | null): string | null {
  return typeof intent === 'string' ? intent : (intent?.id ?? null);
}
