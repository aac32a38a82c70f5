import type { StripeLedger as Ledger } from '../../../support/simulator.js';
import type { Shop } from '../shop.js';

/** What the model reads of it. */
export type StripeLedger = Omit<Ledger, 'totals'>;

export const readLedger = (shop: Shop): Promise<StripeLedger> => shop.ledger();

/** The sessions, charges, refunds and disputes of these payments alone: after a restore ids come again, references do not. */
export async function ledgerOf(shop: Shop, payment_ids: readonly number[]): Promise<StripeLedger> {
  return ofReferences(await readLedger(shop), await referencesOf(shop, payment_ids));
}

export async function referencesOf(shop: Shop, payment_ids: readonly number[]): Promise<Set<string>> {
  const rows = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE id = ANY($1)', [payment_ids]);
  return new Set(rows.map(({ ref }) => ref));
}

export function ofReferences(whole: StripeLedger, refs: ReadonlySet<string>): StripeLedger {
  const sessions = whole.sessions.filter(({ metadata }) => refs.has(metadata.ref ?? ''));
  const session_ids = new Set(sessions.map(({ id }) => id));
  const charges = whole.charges.filter(({ session }) => session !== null && session_ids.has(session));
  const charge_ids = new Set(charges.map(({ id }) => id));
  return {
    sessions,
    charges,
    refunds: whole.refunds.filter(({ charge }) => charge_ids.has(charge)),
    disputes: whole.disputes.filter(({ charge }) => charge_ids.has(charge)),
  };
}

/** What must be true of one charge, from Stripe's side alone. */
export interface ChargeFacts {
  readonly payment_id: number;
  readonly payment_intent: string;
  readonly received: number;
  /** Refunds that succeeded. */
  readonly refunded: number;
  /** Refunds that are on their way. */
  readonly refunding: number;
  /** What lost disputes took and did not give back; what an undecided one holds is not lost yet. */
  readonly lost: number;
  /** Of `refunded` and `lost`: what can have come from this charge. A bank may take what was refunded before. */
  readonly returned: number;
  /** The same, if what a bank holds during an appeal counts as lost until that is decided: both are right. */
  readonly returned_with_appeals: number;
  /** Whether Stripe would take a refund now. */
  readonly is_refundable: boolean;
  /** Money has come back after it had left: a refund failed or a dispute was won. */
  readonly came_back: number;
}

export function factsOf(ledger: StripeLedger): ChargeFacts[] {
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  return ledger.charges
    .filter(({ status }) => status === 'succeeded')
    .map((charge) => {
      const refunds = ledger.refunds.filter((refund) => refund.charge === charge.id);
      const disputes = ledger.disputes.filter((dispute) => dispute.charge === charge.id);
      const amountOf = (...statuses: string[]) =>
        sum(refunds.filter(({ status }) => statuses.includes(status)).map(({ amount }) => amount));
      const session = ledger.sessions.find(({ id }) => id === charge.session)!;
      const refunded = amountOf('succeeded');
      const refunding = amountOf('pending', 'requires_action');
      const withdrawnIn = (isIn: (status: string) => boolean) =>
        sum(disputes.filter(({ status }) => isIn(status)).map(({ withdrawn }) => withdrawn));
      const lost = withdrawnIn((status) => status === 'lost');
      const appealed = withdrawnIn((status) => status.startsWith('appeal_'));
      const left = charge.amount - refunded - refunding;
      const won = sum(disputes.filter(({ status }) => status === 'won').map(({ amount }) => amount));
      return {
        payment_id: Number(session.metadata.purchaseId),
        payment_intent: charge.payment_intent,
        received: charge.amount,
        refunded,
        refunding,
        lost,
        returned: refunded + Math.min(lost, left),
        returned_with_appeals: refunded + Math.min(lost + appealed, left),
        is_refundable: disputes.every((dispute) => dispute.is_charge_refundable),
        came_back: amountOf('failed', 'canceled') + won,
      };
    });
}
