/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'refund-conflicts-by-stale-fence',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.repository.ts',
    find: 'WHERE refund_id = $1 AND fence = $2 AND conflicting_refunds',
    replace: 'WHERE refund_id = $1 AND $2::bigint > 0 AND conflicting_refunds',
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'refund-row-held-by-stale-fence',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.repository.ts',
    find: `WHERE refund_id = $1 AND fence = $2 FOR UPDATE'`,
    replace: `WHERE refund_id = $1 AND $2::bigint > 0 FOR UPDATE'`,
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'refund-refused-by-stale-fence',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.repository.ts',
    find: `SET refused_code = $3 WHERE refund_id = $1 AND fence = $2'`,
    replace: `SET refused_code = $3 WHERE refund_id = $1 AND $2::bigint > 0'`,
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'refund-stopped-by-stale-fence',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.repository.ts',
    find: `SET post_again = false FROM refunds r, charges c
       WHERE k.refund_id = $1 AND k.fence = $2 AND`,
    replace: `SET post_again = false FROM refunds r, charges c
       WHERE k.refund_id = $1 AND $2::bigint > 0 AND`,
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'refund-answered-twice',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.repository.ts',
    find: 'WHERE refund_id = $1 AND state <> $2`',
    replace: 'WHERE refund_id = $1`',
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'refund-listings-without-pause',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.ts',
    find: 'pause_ms: this.config.STRIPE_REFUND_LISTING_PAUSE_MS',
    replace: 'pause_ms: 0',
    tests: { files: ['test/stripe/listing-pause.test.ts'], title: 'of a refund' },
  },
  {
    name: 'refund-beside-a-refund-elsewhere',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.ts',
    find: `if (listed && listed.conflicts.length > 0) return { is: 'conflicting', refunds: listed.conflicts };`,
    replace: '',
    tests: {
      files: ['test/stripe/refunds-elsewhere.test.ts'],
      title: 'ours is not sent again|ours reserved by an API killed|the whole charge was refunded',
    },
  },
  {
    name: 'refund-superseded-never',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.ts',
    find: 'return unbooked > refundable(charge);',
    replace: 'return false;',
    tests: {
      files: ['test/stripe/refunds-elsewhere.test.ts'],
      title: 'ours is not sent again|ours reserved by an API killed|the whole charge was refunded',
    },
  },
  {
    name: 'refund-of-another-amount-is-ours',
    file: 'libs/payments/src/stripe/refunds/refund-updates.ts',
    find: `found.status === 'pending' && found.amount === stripeRefund.amount`,
    replace: `found.status === 'pending'`,
    tests: {
      files: ['test/stripe/lost-money.test.ts'],
      title: 'one of another amount is separate|our ref on another payment|both count, and the failure',
    },
  },
  {
    name: 'refund-reference-on-any-money',
    file: 'libs/payments/src/stripe/refunds/stripe-refunds.repository.ts',
    find: `OR ref = $1::uuid AND charge_id = (SELECT c.id FROM charges c WHERE c.payment_method = $4
                                                   AND c.transaction_id = $3 AND c.transfer_id IS NULL))`,
    replace: 'OR ref = $1::uuid AND $3::text IS NOT NULL)',
    tests: { files: ['test/stripe/lost-money.test.ts'], title: 'our ref on another payment' },
  },
  {
    name: 'dispute-event-is-believed',
    file: 'libs/payments/src/stripe/disputes/dispute-updates.ts',
    find: 'dispute: (await this.gateway.findDispute(dispute.id)) ?? dispute',
    replace: 'dispute',
    tests: {
      files: ['test/stripe/lost-money.test.ts'],
      title: 'won by an event and lost by|lost, with an event that says won',
    },
  },
  {
    name: 'dispute-counted-unrecorded',
    file: 'libs/payments/src/ledger/refund-accounting.ts',
    find: `const detail = { dispute_id: stripe_id, counted_amount: amount, ...dispositionOf(charge) };
      await this.ledger.audit.record(tx, [{ ...NO_ACTOR, action: 'dispute.counted', payment_id: payment.id, detail }]);`,
    replace: '',
    tests: { files: ['test/stripe/dispute-audit.test.ts'] },
  },
  {
    name: 'dispute-uncounted-unrecorded',
    file: 'libs/payments/src/ledger/refund-accounting.ts',
    find: `counted_amount: -amount, ...dispositionOf(charge) };
    await this.ledger.audit.record(tx, [{ ...NO_ACTOR, action: 'dispute.counted', payment_id: payment.id, detail }]);`,
    replace: `counted_amount: -amount, ...dispositionOf(charge) };
    void detail;`,
    tests: { files: ['test/stripe/dispute-audit.test.ts'] },
  },
  {
    name: 'dispute-counts-reserved-money',
    file: 'libs/payments/src/ledger/refund-accounting.ts',
    find: 'const amount = Math.min(uncounted, refundable(charge));',
    replace: 'const amount = uncounted;',
    tests: { files: ['test/stripe/lost-money.test.ts'], title: 'lost while a refund is pending' },
  },
];
