import { BROKEN_PROTOCOLS, type Patch } from '../../../scripts/prove/broken-protocols.mjs';

/** How a broken protocol of the model is made from the program: patches of its sources, and SQL. */
export interface Broken {
  readonly patches: readonly Patch[];
  readonly sql?: readonly string[];
}

const FROM_THE_STORM = Object.fromEntries(BROKEN_PROTOCOLS.map((broken) => [broken.name, broken]));
const STRIPE = 'libs/payments/src/stripe';

/** Those that a storm does not show: they need a schedule. */
const OWN: Readonly<Record<string, Broken>> = {
  'Stripe inside the transaction': {
    patches: [
      {
        file: `${STRIPE}/refunds/stripe-provider-refunds.ts`,
        find: '{ refund_id: refund.id, request: refundRequest(refund, transaction_id) });',
        replace: `{ refund_id: refund.id, request: refundRequest(refund, transaction_id) });
    const row = (await this.rows.find(tx, refund.id))!;
    await this.refunds['gateway'].createRefund({ idempotency_key: \`refund:\${row.ref}:\${row.attempt}\`, ...row });`,
      },
    ],
  },
  'fence ignored': {
    patches: [
      {
        file: `${STRIPE}/sessions/stripe-sessions.ts`,
        find: "      locked?.status === 'pending' &&\n",
        replace: '',
      },
      {
        file: `${STRIPE}/sessions/stripe-sessions.repository.ts`,
        find: "WHERE payment_id = $1 AND fence = $2 AND state = 'unanswered'`",
        replace: 'WHERE payment_id = $1 AND $2::bigint > 0`',
      },
      {
        file: `${STRIPE}/sessions/stripe-sessions.ts`,
        find: "return { payment, checkout: payment.status === 'pending' ? pageOf(row) : null };",
        replace: 'return { payment, checkout: pageOf(row) };',
      },
    ],
  },
  'lost claim not reported': {
    patches: [
      {
        file: 'libs/idempotency/src/idempotency.ts',
        find: '      if (!isOurs && !(error instanceof ClaimLostError)) throw new ClaimLostError({ cause: error });\n',
        replace: '      void isOurs;\n',
      },
    ],
  },
  'lost claim not reported once its row is deleted': {
    patches: [
      {
        file: 'libs/idempotency/src/claims.repository.ts',
        find: 'OR EXISTS (SELECT 1 FROM client_idempotency WHERE id = $1 AND owner = $2) AS ours',
        replace: 'OR NOT EXISTS (SELECT 1 FROM client_idempotency WHERE id = $1 AND owner <> $2) AS ours',
      },
    ],
  },
  'dead events not requeued, nothing read from Stripe': {
    patches: [
      {
        file: 'libs/webhooks/src/requeue-events.ts',
        find: 'async requeue(tx: EntityManager, of: { payment_intent: string; payment_id?: number }): Promise<void> {',
        replace:
          'async requeue(tx: EntityManager, of: { payment_intent: string; payment_id?: number }): Promise<void> {\n    return;',
      },
      ...FROM_THE_STORM['reconciler off']!.patches,
    ],
  },
};

/** @throws when nothing of that name is known */
export function brokenCopy(name: string): Broken {
  const broken = OWN[name] ?? FROM_THE_STORM[name];
  if (!broken) throw new Error(`No patches are known for “${name}”`);
  return broken;
}
