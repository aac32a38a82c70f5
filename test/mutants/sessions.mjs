/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'session-sent-by-stale-fence',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.repository.ts',
    find: `last_sent_at = clock_timestamp() WHERE payment_id = $1 AND fence = $2'`,
    replace: `last_sent_at = clock_timestamp() WHERE payment_id = $1 AND $2::bigint > 0'`,
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'session-attached-by-stale-fence',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.repository.ts',
    find: "WHERE payment_id = $1 AND fence = $2 AND state = 'unanswered'`",
    replace: "WHERE payment_id = $1 AND $2::bigint > 0 AND state = 'unanswered'`",
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'session-attached-twice',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.repository.ts',
    find: "WHERE payment_id = $1 AND fence = $2 AND state = 'unanswered'`",
    replace: 'WHERE payment_id = $1 AND fence = $2`',
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'session-refused-by-stale-fence',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.repository.ts',
    find: "SET state = 'refused' WHERE payment_id = $1 AND fence = $2`",
    replace: "SET state = 'refused' WHERE payment_id = $1 AND $2::bigint > 0`",
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'session-checks-ended-by-stale-fence',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.repository.ts',
    find: 'ELSE state END\n       WHERE payment_id = $1 AND fence = $2`',
    replace: 'ELSE state END\n       WHERE payment_id = $1 AND $2::bigint > 0`',
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'session-complete-becomes-expired',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.repository.ts',
    find: `CASE WHEN $3 AND state = 'open' THEN`,
    replace: 'CASE WHEN $3 THEN',
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'session-attempt-raised-by-stale-fence',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.repository.ts',
    find: `first_sent_at = clock_timestamp(), last_sent_at = clock_timestamp()
       FROM payments p
       WHERE s.payment_id = $1 AND s.fence = $2 AND`,
    replace: `first_sent_at = clock_timestamp(), last_sent_at = clock_timestamp()
       FROM payments p
       WHERE s.payment_id = $1 AND $2::bigint > 0 AND`,
    tests: { files: ['test/schema/fences.test.ts'], sources: true },
  },
  {
    name: 'cancel-ignores-its-fence',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.ts',
    find: 'if (row?.fence !== fence) return false;',
    replace: 'if (!row) return false;',
    tests: { files: ['test/stripe/cancel-fence.test.ts'] },
  },
  {
    name: 'cancel-without-a-closed-page',
    file: 'libs/payments/src/payments/cancel-rows.ts',
    find: '(fence === undefined || !(await hosted.isClosed(tx, id, fence)))',
    replace: 'fence === undefined',
    tests: { files: ['test/stripe/cancel-fence.test.ts'] },
  },
  {
    name: 'session-listings-without-pause',
    file: 'libs/payments/src/stripe/sessions/obtain-session.ts',
    find: 'pause_ms: this.config.STRIPE_SESSION_LISTING_PAUSE_MS',
    replace: 'pause_ms: 0',
    tests: { files: ['test/stripe/listing-pause.test.ts'], title: 'of a session' },
  },
  {
    name: 'session-of-another-reference',
    file: 'libs/payments/src/stripe/sessions/obtain-session.ts',
    find: 'found.client_reference_id === row.ref',
    replace: 'found.client_reference_id !== null',
    tests: { files: ['test/stripe/not-ours.test.ts'], title: 'sessions of other payments' },
  },
  {
    name: 'stale-fence-returns-its-page',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.ts',
    find: 'if (!isAttached) return this.booked(tx, payment_id);',
    replace: `if (page.is !== 'made') return this.booked(tx, payment_id);`,
    tests: { files: ['test/stripe/stripe-edge-cases.test.ts'], title: 'a caller with a stale fence' },
  },
  {
    name: 'failed-debit-is-processing',
    file: 'libs/payments/src/stripe/sessions/stripe-sessions.ts',
    find: `intent?.status === 'canceled' || intent?.status === 'requires_payment_method'`,
    replace: `intent?.status === 'canceled'`,
    tests: { files: ['test/stripe/abandon.test.ts'], title: 'the debit failed' },
  },
];
