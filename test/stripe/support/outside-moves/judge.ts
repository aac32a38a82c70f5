import type { Schemas } from '../../../../libs/payment-client/src/wire.js';
import { documentDifferences } from '../../../support/documents.js';
import { type BookedCharge, type MoneyOfPayment, moneyOf } from '../../../support/money.js';
import type { Shop } from '../shop.js';
import { type ChargeFacts, factsOf, ledgerOf, ofReferences, readLedger, type StripeLedger } from './ledger.js';

const PAID = ['completed', 'partially_refunded', 'refunded'];

export interface Judged {
  readonly payment_ids: readonly number[];
  readonly after_event: number;
  /** References of payments that a restore has taken out of the books. */
  readonly lost_refs: ReadonlySet<string>;
}

/**
 * Every difference between our books and Stripe's ledger, in words; none is how it must be. What is right comes from the
 * ledger alone (ledger.ts); the books are only read.
 */
export async function differences(shop: Shop, { payment_ids, after_event, lost_refs }: Judged): Promise<string[]> {
  const ledger = await ledgerOf(shop, payment_ids);
  const lost = ofReferences(await readLedger(shop), lost_refs);
  const books = await moneyOf(shop.database, payment_ids);
  const facts = factsOf(ledger);
  const attached = await attachedSessions(shop, payment_ids);
  return [
    ...facts.flatMap((fact) => ofCharge(fact, books)),
    ...books.flatMap((payment) => ofPayment(payment, facts, ledger, attached)),
    ...(await whatCanBeRefunded(shop, facts, books)),
    ...ofRefunds(ledger, books),
    ...(await ofLostPayments(shop, lost)),
    ...(await ofEvents(shop, after_event, lost)),
  ];
}

function ofCharge(fact: ChargeFacts, books: MoneyOfPayment[]): string[] {
  const booked = books.flatMap(({ id, charges }) => charges.map((charge) => ({ id, charge })));
  const found = booked.filter(({ charge }) => charge.transaction === fact.payment_intent);
  const name = `charge ${fact.payment_intent} of payment ${fact.payment_id}`;
  if (found.length !== 1) return [`${name} is booked ${found.length} times`];
  const { id, charge } = found[0]!;
  return [
    ...same(`${name}: its payment`, fact.payment_id, id),
    ...same(`${name}: received`, fact.received, charge.received),
    ...(charge.returned === fact.returned_with_appeals
      ? []
      : same(`${name}: returned`, fact.returned, charge.returned)),
    ...same(`${name}: on its way back`, fact.refunding, charge.reserved),
    ...(charge.disposition === 'returned' && fact.came_back === 0 && fact.returned + fact.refunding !== fact.received
      ? [`${name} pays nothing, and ${fact.received - fact.returned} of it did not go back`]
      : []),
    ...(['accepted', 'returned'].includes(charge.disposition) ? [] : [`${name} is ${charge.disposition}`]),
  ];
}

function ofPayment(
  payment: MoneyOfPayment,
  facts: ChargeFacts[],
  ledger: StripeLedger,
  attached: ReadonlySet<string>,
): string[] {
  const name = `payment ${payment.id} (${payment.status})`;
  const accepted = payment.charges.filter(({ disposition }) => disposition === 'accepted');
  return [
    ...(PAID.includes(payment.status)
      ? paid(name, payment, accepted, facts)
      : unpaid(name, payment, accepted, pagesOf(payment, ledger, attached))),
    ...documentDifferences(payment),
  ];
}

function paid(name: string, payment: MoneyOfPayment, accepted: BookedCharge[], facts: ChargeFacts[]): string[] {
  if (accepted.length !== 1) return [`${name} is paid by ${accepted.length} charges`];
  const fact = facts.find(({ payment_intent }) => payment_intent === accepted[0]!.transaction);
  if (!fact) return [`${name} is paid by ${accepted[0]!.transaction}, which Stripe has not`];
  const refunded = payment.refunded - payment.owed;
  const status =
    payment.refunded === 0 ? 'completed' : payment.refunded < payment.amount ? 'partially_refunded' : 'refunded';
  return [
    ...same(`${name}: paid`, fact.received, payment.amount),
    ...same(`${name}: refunded`, accepted[0]!.returned, refunded),
    ...same(`${name}: status`, status, payment.status),
    ...(payment.owed > fact.came_back ? [`${name} owes ${payment.owed}, and ${fact.came_back} came back`] : []),
  ];
}

function unpaid(name: string, payment: MoneyOfPayment, accepted: BookedCharge[], pages: Pages): string[] {
  const isPending = payment.status === 'pending';
  return [
    ...same(`${name}: accepted charges`, 0, accepted.length),
    ...(isPending && !pages.waiting && !pages.open ? [`${name} has no page to pay on`] : []),
    ...(isPending && pages.waiting !== payment.processing ? [`${name} processing: ${payment.processing}`] : []),
    ...(!isPending && pages.open ? [`${name} can still be paid`] : []),
  ];
}

interface Pages {
  /** A client has its URL and can pay on it. */
  readonly open: boolean;
  /** The money of one is on its way. */
  readonly waiting: boolean;
}

/** A page whose URL was never returned is left to expire: money on it would be refunded. */
function pagesOf(payment: MoneyOfPayment, ledger: StripeLedger, attached: ReadonlySet<string>): Pages {
  const sessions = ledger.sessions.filter(
    ({ id, metadata }) => metadata.purchaseId === String(payment.id) && attached.has(id),
  );
  return {
    open: sessions.some(({ status }) => status === 'open'),
    waiting: sessions.some(({ status, payment_status }) => status === 'complete' && payment_status === 'unpaid'),
  };
}

async function attachedSessions(shop: Shop, payment_ids: readonly number[]): Promise<Set<string>> {
  const rows = await shop.database.query<{ session_id: string }>(
    'SELECT session_id FROM stripe_sessions WHERE payment_id = ANY($1) AND session_id IS NOT NULL',
    [payment_ids],
  );
  return new Set(rows.map(({ session_id }) => session_id));
}

/** What the API offers to staff is what Stripe would take. */
async function whatCanBeRefunded(shop: Shop, facts: ChargeFacts[], books: MoneyOfPayment[]): Promise<string[]> {
  const found: string[] = [];
  for (const payment of books.filter(({ status }) => PAID.includes(status))) {
    const transaction = payment.charges.find(({ disposition }) => disposition === 'accepted')?.transaction;
    const fact = facts.find(({ payment_intent }) => payment_intent === transaction);
    if (!fact) continue;
    // Refundable in spite of an open dispute or an appeal is up to Stripe; then what they hold is not left.
    const left = fact.is_refundable ? fact.received - fact.returned_with_appeals - fact.refunding : 0;
    const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${payment.id}`, shop.staff.token)).body;
    found.push(...same(`payment ${payment.id} (${payment.status}): refundable`, left, data.refundable_amount));
  }
  return found;
}

/** One refund of ours is one refund of Stripe’s: a second live one under the same reference was paid twice. */
function ofRefunds(ledger: StripeLedger, books: MoneyOfPayment[]): string[] {
  const live = ledger.refunds.filter(({ status }) => !['failed', 'canceled'].includes(status));
  const rows = books.flatMap(({ refunds }) => refunds);
  return rows.flatMap((row) => {
    const made = live.filter(({ metadata }) => metadata.ref === row.ref);
    return made.length > 1 ? [`refund ${row.id} of ${row.amount} was made ${made.length} times at Stripe`] : [];
  });
}

/** Money of a payment that a restore has taken away is shown to staff, and is no other payment's. */
async function ofLostPayments(shop: Shop, lost: StripeLedger): Promise<string[]> {
  const paid = lost.sessions.filter(({ payment_status }) => payment_status === 'paid').map(({ id }) => id);
  const shown = await shop.database.query<{ stripe_id: string }>(
    `SELECT stripe_id FROM stripe_discrepancies WHERE kind = 'unknown_payment' AND stripe_id = ANY($1)`,
    [paid],
  );
  const booked = await shop.database.query<{ transaction_id: string }>(
    'SELECT transaction_id FROM charges WHERE payment_id IS NOT NULL AND transaction_id = ANY($1)',
    [lost.charges.map(({ payment_intent }) => payment_intent)],
  );
  return [
    ...paid
      .filter((id) => !shown.some(({ stripe_id }) => stripe_id === id))
      .map((id) => `session ${id} of a lost payment is not shown to staff`),
    ...booked.map(({ transaction_id }) => `${transaction_id} of a lost payment is booked to another`),
  ];
}

/** Events about a lost payment's money wait for staff, who see that money as a discrepancy. */
async function ofEvents(shop: Shop, after: number, lost: StripeLedger): Promise<string[]> {
  const of_lost = [
    ...lost.sessions.map(({ id }) => id),
    ...lost.charges.flatMap(({ id, payment_intent }) => [id, payment_intent]),
  ];
  const events = await shop.database.query<{ event: string }>(
    `SELECT format('event %s (%s) is %s after %s tries: %s', event_id, type, status, tries, note) AS event
     FROM webhook_events WHERE id > $1 AND status IN ('pending', 'dead', 'quarantined')
       AND NOT EXISTS (SELECT 1 FROM unnest($2::text[]) AS id_of_lost WHERE position(id_of_lost IN payload) > 0)
     ORDER BY id`,
    [after, of_lost],
  );
  return events.map(({ event }) => event);
}

function same(what: string, atStripe: unknown, inBooks: unknown): string[] {
  return atStripe === inBooks ? [] : [`${what}: ${String(inBooks)}, by Stripe ${String(atStripe)}`];
}
