/** @type {import('../../scripts/test/mutants.mjs').Mutant[]} */
export default [
  {
    name: 'voided-reference-is-used',
    file: 'libs/payments/src/ledger/transfers.repository.ts',
    find: 'upper(transaction_id) = upper($2) AND voided_at IS NULL`',
    replace: 'upper(transaction_id) = upper($2)`',
    tests: { files: ['test/schema/guarded-updates.test.ts'], sources: true },
  },
  {
    name: 'transfer-of-the-future',
    file: 'libs/payments/src/ledger/transfers.repository.ts',
    find: 'least($9, now())',
    replace: 'coalesce($9, now())',
    tests: { files: ['test/schema/guarded-updates.test.ts'], sources: true },
  },
  {
    name: 'transfer-of-another-method-pays',
    file: 'libs/payments/src/manual/allocate-transfer.ts',
    find: 'const fits = transfer.payment_method === payment.payment_method && transfer.currency',
    replace: 'const fits = transfer.currency',
    tests: {
      files: ['test/contract/transfers.test.ts'],
      title: 'cannot be matched|by a transfer that is recorded with another amount|with more than the amount due',
    },
  },
  {
    name: 'transfer-pays-more-than-due',
    file: 'libs/payments/src/manual/allocate-transfer.ts',
    find: '!fits || amount <= 0 || amount > due ||',
    replace: '!fits || amount <= 0 ||',
    tests: { files: ['test/schema/allocation.test.ts'], sources: true },
  },
  {
    name: 'match-more-than-unmatched',
    file: 'libs/payments/src/manual/match-transfer.ts',
    find: 'if (amount > max) throw new MatchTooLarge(',
    replace: 'if (amount > due) throw new MatchTooLarge(',
    tests: { files: ['test/transfers/match-bounds.test.ts'] },
  },
  {
    name: 'staff-change-their-own-transfer',
    file: 'libs/payments/src/manual/lock-transfer.ts',
    find: 'if (await ledger.transfers.isAboutOwn(tx, id, caller.user_id)) throw new Forbidden();',
    replace: '',
    tests: { files: ['test/contract/transfers.test.ts'], title: 'staff cannot correct' },
  },
  {
    name: 'transfer-corrected-below-its-match',
    file: 'libs/payments/src/manual/manage-transfers.ts',
    find: 'before.voided_at || amount < allocated_amount ||',
    replace: 'before.voided_at ||',
    tests: { files: ['test/contract/transfers.test.ts'], title: 'changes the amount|changes the date|voids a record' },
  },
  {
    name: 'transfer-voided-while-it-pays',
    file: 'libs/payments/src/manual/manage-transfers.ts',
    find: 'if (before.voided_at || allocated_amount > 0) throw new',
    replace: 'if (before.voided_at) throw new',
    tests: { files: ['test/contract/transfers.test.ts'], title: 'changes the amount|changes the date|voids a record' },
  },
  {
    name: 'transfer-refund-of-more-than-left',
    file: 'libs/payments/src/manual/refund-transfer.ts',
    find: 'if (amount > left) throw new RefundTooLarge(',
    replace: 'if (amount < 0) throw new RefundTooLarge(',
    tests: {
      files: ['test/contract/transfers.test.ts'],
      title: 'is reserved, settled by a reference|one reference recorded as received',
    },
  },
];
