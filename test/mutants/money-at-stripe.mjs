/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'money-of-another-currency-completes',
    file: 'libs/payments/src/stripe/sessions/book-charge.ts',
    find: 'if (amount_received !== payment.amount || currency !== payment.currency)',
    replace: 'if (amount_received !== payment.amount)',
    tests: { files: ['test/stripe/wrong-money.test.ts'] },
  },
  {
    name: 'more-money-completes',
    file: 'libs/payments/src/stripe/sessions/book-charge.ts',
    find: 'if (amount_received !== payment.amount ||',
    replace: 'if (amount_received < payment.amount ||',
    tests: { files: ['test/stripe/wrong-money.test.ts'] },
  },
  {
    name: 'less-money-completes',
    file: 'libs/payments/src/stripe/sessions/book-charge.ts',
    find: 'if (amount_received !== payment.amount ||',
    replace: 'if (amount_received > payment.amount ||',
    tests: { files: ['test/stripe/wrong-money.test.ts'] },
  },
  {
    name: 'money-after-closing-completes',
    file: 'libs/payments/src/stripe/sessions/book-charge.ts',
    find: 'if (await cameAfterClosing(tx, charge_id)) {',
    replace: 'if ((await cameAfterClosing(tx, charge_id)) && payment.id < 0) {',
    tests: { files: ['test/stripe/closing.test.ts'], title: 'money taken after the closing is refunded once' },
  },
  {
    name: 'late-money-is-an-error',
    file: 'libs/payments/src/stripe/sessions/book-charge.ts',
    find: 'if (!isSecondLivePayment(error)) throw error;',
    replace: 'throw error;',
    tests: {
      files: ['test/stripe/stripe-edge-cases.test.ts'],
      title: 'late money after another payment took the place',
    },
  },
  {
    name: 'charge-booked-twice',
    file: 'libs/payments/src/stripe/sessions/book-charge.ts',
    find: `if (known) return { is: 'known', payment_id: known.payment_id };`,
    replace: '',
    tests: { files: ['test/stripe/not-ours.test.ts'], title: 'the same money reported by another event' },
  },
  {
    name: 'session-of-a-restored-id',
    file: 'libs/payments/src/stripe/sessions/session-updates.ts',
    find: 'return ref === null || ref === undefined ? session.id === row.session_id : ref === row.ref;',
    replace: 'return ref === null || ref === undefined ? session.id === row.session_id : true;',
    tests: { files: ['test/stripe/not-ours.test.ts'], title: 'the reference of another' },
  },
  {
    name: 'event-amount-is-believed',
    file: 'libs/payments/src/stripe/sessions/session-updates.ts',
    find: 'return !payment || (session.amount_total === payment.amount && session.currency === payment.currency);',
    replace: 'return !payment || session.amount_total !== null;',
    tests: {
      files: ['test/stripe/unmatched-money.test.ts'],
      title: 'another amount and currency|of another API version',
    },
  },
  {
    name: 'other-version-is-believed',
    file: 'libs/payments/src/stripe/sessions/session-updates.ts',
    find: 'if (isCurrent && (!isPaid ||',
    replace: 'if ((!isPaid ||',
    tests: {
      files: ['test/stripe/unmatched-money.test.ts'],
      title: 'another amount and currency|of another API version',
    },
  },
  {
    name: 'transaction-of-another-payment-confirms',
    file: 'libs/payments/src/stripe/sessions/confirm-session.ts',
    find: 'if (used && used.payment_id !== known.id) throw new TransactionAlreadyUsed(transaction_id);',
    replace: '',
    tests: { files: ['test/stripe/not-ours.test.ts'], title: 'the booked transaction of another payment' },
  },
  {
    name: 'lost-payment-is-foreign',
    file: 'libs/payments/src/stripe/catch-up/missing-from-ledger.ts',
    find: `if (session.payment_status !== 'paid' || !isOurs(session)) return false;`,
    replace: 'return false;',
    tests: { files: ['test/stripe/stripe-edge-cases.test.ts'], title: 'a restored database whose ids' },
  },
  {
    name: 'paid-twice-unseen',
    file: 'libs/payments/src/stripe/catch-up/missing-from-ledger.ts',
    find: 'if (payment_id !== null && !twice) continue;',
    replace: 'if (payment_id !== null) continue;',
    tests: {
      files: ['test/stripe/catch-up.test.ts'],
      title: 'a paid session whose payment a restore removed|a second paid session of one payment',
    },
  },
];
