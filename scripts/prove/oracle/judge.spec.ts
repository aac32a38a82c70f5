import { judge } from './judge.mjs';
import type { Answer, Snapshot } from './snapshot.mjs';

const REF = 'ref-1';
const INTENT = 'pi_1';

/** A consultation of 111 that was paid by Stripe; 50 are refunded. */
function paidAndRefunded(): Snapshot {
  return {
    stripe: {
      sessions: [
        {
          id: 'cs_1',
          status: 'complete',
          payment_status: 'paid',
          metadata: { ref: REF, purchaseId: '1' },
          payment_intent: INTENT,
        },
      ],
      charges: [
        {
          id: 'ch_1',
          payment_intent: INTENT,
          session: 'cs_1',
          amount: 111,
          currency: 'idr',
          status: 'succeeded',
          metadata: { ref: REF, purchaseId: '1' },
        },
      ],
      refunds: [
        {
          id: 're_1',
          charge: 'ch_1',
          payment_intent: INTENT,
          amount: 50,
          status: 'succeeded',
          metadata: { ref: 'ref-r', refund_id: '1' },
        },
      ],
      disputes: [],
    },
    bank: [],
    rows: {
      payments: [
        {
          id: 1,
          ref: REF,
          user_id: 7,
          consultation_id: 3,
          product_id: null,
          amount: 111,
          currency: 'idr',
          payment_method: 'stripe',
          status: 'partially_refunded',
          processing: false,
          refunded_amount: 50,
        },
      ],
      charges: [
        {
          id: 1,
          payment_id: 1,
          payment_method: 'stripe',
          transaction_id: INTENT,
          transfer_id: null,
          amount_received: 111,
          amount_returned: 50,
          amount_reserved: 0,
          currency: 'idr',
          disposition: 'accepted',
        },
      ],
      refunds: [
        {
          id: 1,
          ref: 'ref-r',
          charge_id: 1,
          payment_id: 1,
          payment_method: 'stripe',
          kind: 'refund',
          made_by: 'provider',
          amount: 50,
          status: 'succeeded',
          automatic: false,
          transaction_id: 're_1',
          requested_by: 9,
        },
      ],
      disputes: [],
      invoices: [
        {
          id: 1,
          payment_id: 1,
          invoice_number: 'INV-1',
          amount: 111,
          status: 'partially_refunded',
          credited_amount: 50,
        },
      ],
      tax_records: [
        {
          payment_id: 1,
          amount: 111,
          base_amount: 100,
          tax_amount: 11,
          rate_basis_points: 1_100,
          status: 'partially_credited',
          credited_base_amount: 45,
          credited_tax_amount: 5,
        },
      ],
      credit_notes: [
        {
          id: 1,
          invoice_id: 1,
          refund_id: 1,
          dispute_id: null,
          kind: 'credit',
          amount: 50,
          base_amount: 45,
          tax_amount: 5,
        },
      ],
      audit: ['request.create', 'payment.created', 'payment.completed', 'refund.reserved', 'refund.succeeded'].map(
        (action, n) => ({ id: n + 1, action, payment_id: 1 }),
      ),
      transfers: [],
      events: [
        {
          event_id: 'evt_1',
          type: 'checkout.session.completed',
          status: 'applied',
          note: null,
          payment_intent: INTENT,
        },
      ],
      running_claims: [],
      held_locks: [],
      open_sessions: [],
    },
    answers: [
      answer({
        method: 'POST',
        path: '/payments',
        key: 'k',
        body: { consultation_id: 3 },
        status: 201,
        reply: { status_code: 201, data: { payment_id: 1, payment: { amount: 111, status: 'pending' } } },
      }),
      answer({
        role: 'staff',
        user_id: 9,
        method: 'POST',
        path: '/payments/1/refund',
        key: 'r',
        body: { amount: 50 },
        status: 200,
        reply: { status_code: 200, data: { refund: { id: 1 } } },
      }),
    ],
  };
}

let sent = 0;
function answer(more: Partial<Answer>): Answer {
  sent += 1;
  return {
    n: sent,
    intent: 'i-1',
    sent_ms: sent * 10,
    done_ms: sent * 10 + 5,
    caller: 'patient-7',
    user_id: 7,
    role: 'patient',
    method: 'GET',
    path: '/payments/1',
    contract: 'standard',
    status: 200,
    reply: {},
    replayed: false,
    ...more,
  };
}

const read = (status: string) =>
  answer({ reply: { status_code: 200, data: { payment: { id: 1, amount: 111, status } } } });

it('a payment that was paid and partly refunded is right', () => {
  expect(judge(paidAndRefunded())).toEqual([]);
});

type Change = (snapshot: Snapshot) => unknown;
it.each<[string, string, Change]>([
  [
    'a second charge of one payment',
    'charged once',
    ({ stripe }) => stripe.charges.push({ ...stripe.charges[0]!, id: 'ch_2', payment_intent: 'pi_2' }),
  ],
  [
    'a second payment of one consultation that keeps money',
    'charged once',
    ({ stripe, rows }) => {
      stripe.charges.push({
        ...stripe.charges[0]!,
        id: 'ch_2',
        payment_intent: 'pi_2',
        metadata: { ref: 'ref-2', purchaseId: '2' },
      });
      rows.payments.push({ ...rows.payments[0]!, id: 2, ref: 'ref-2', status: 'completed', refunded_amount: 0 });
    },
  ],
  [
    'two live payments of one consultation',
    'one live payment',
    ({ rows }) =>
      rows.payments.push({ ...rows.payments[0]!, id: 2, ref: 'ref-2', status: 'pending', refunded_amount: 0 }),
  ],
  [
    'two pending orders of one product',
    'one live payment',
    ({ rows }) => {
      for (const id of [2, 3])
        rows.payments.push({
          ...rows.payments[0]!,
          id,
          consultation_id: null,
          product_id: 'plan',
          status: 'pending',
          refunded_amount: 0,
        });
    },
  ],
  [
    'two sessions on which one payment can be paid',
    'one session',
    ({ stripe }) => stripe.sessions.push({ ...stripe.sessions[0]!, id: 'cs_2', status: 'open' }),
  ],
  [
    'a session of ours for a payment that was rolled back',
    'one session',
    ({ stripe }) =>
      stripe.sessions.push({
        ...stripe.sessions[0]!,
        id: 'cs_2',
        status: 'open',
        metadata: { ref: 'ref-2', purchaseId: '2' },
      }),
  ],
  [
    'a dispute that is not booked',
    'money accounted for',
    ({ stripe }) => stripe.disputes.push({ id: 'du_1', charge: 'ch_1', withdrawn: 0, status: 'needs_response' }),
  ],
  [
    'a dispute that was won and is booked as open',
    'money accounted for',
    ({ stripe, rows }) => {
      stripe.disputes.push({ id: 'du_1', charge: 'ch_1', withdrawn: 0, status: 'won' });
      rows.disputes.push({ dispute_id: 'du_1', charge_id: 1, counted_amount: 0, state: 'open' });
    },
  ],
  ['a charge that is not booked', 'money accounted for', ({ rows }) => rows.charges.pop()],
  [
    'a charge booked with another amount',
    'money accounted for',
    ({ rows }) => Object.assign(rows.charges[0]!, { amount_received: 110 }),
  ],
  [
    'a charge booked in another currency',
    'money accounted for',
    ({ rows }) => Object.assign(rows.charges[0]!, { currency: 'usd' }),
  ],
  ['a booked charge that Stripe has not', 'money accounted for', ({ stripe }) => stripe.charges.pop()],
  [
    'money that pays nothing and stays',
    'money accounted for',
    ({ stripe, rows }) => {
      stripe.charges.push({ ...stripe.charges[0]!, id: 'ch_2', payment_intent: 'pi_2' });
      rows.charges.push({
        ...rows.charges[0]!,
        id: 2,
        transaction_id: 'pi_2',
        amount_returned: 0,
        disposition: 'returned',
      });
    },
  ],
  [
    'a paid payment without money',
    'money accounted for',
    ({ rows }) => Object.assign(rows.charges[0]!, { disposition: 'returned' }),
  ],
  [
    'another program’s charge that was refunded',
    'money accounted for',
    ({ stripe }) => {
      stripe.charges.push({ ...stripe.charges[0]!, id: 'ch_2', payment_intent: 'pi_2', metadata: {} });
      stripe.refunds.push({ ...stripe.refunds[0]!, id: 're_2', charge: 'ch_2', payment_intent: 'pi_2' });
    },
  ],
  [
    'a line of the bank that is recorded twice',
    'money accounted for',
    ({ bank, rows }) => {
      bank.push({ reference: 'BCA-1', method: 'bank_transfer', amount: 100, recorded: 'yes' });
      for (const id of [1, 2])
        rows.transfers.push({
          id,
          payment_method: 'bank_transfer',
          transaction_id: 'BCA-1',
          amount: 100,
          amount_allocated: 0,
          voided: false,
        });
    },
  ],
  [
    'a recorded line of the bank that is lost',
    'money accounted for',
    ({ bank }) => bank.push({ reference: 'BCA-1', method: 'bank_transfer', amount: 100, recorded: 'yes' }),
  ],
  [
    'a line of the bank that staff could not record',
    'money accounted for',
    ({ bank }) => bank.push({ reference: 'BCA-1', method: 'bank_transfer', amount: 100, recorded: 'no' }),
  ],
  [
    'a lost dispute that is not counted',
    'refunded once',
    ({ stripe, rows }) => {
      stripe.disputes.push({ id: 'du_1', charge: 'ch_1', withdrawn: 61, status: 'lost' });
      rows.disputes.push({ dispute_id: 'du_1', charge_id: 1, counted_amount: 0, state: 'lost' });
    },
  ],
  [
    'two refunds, although one of their two requests was refused for good',
    'refunded once',
    ({ rows, answers }) => {
      rows.refunds.push({ ...rows.refunds[0]!, id: 2, ref: 'ref-r2', transaction_id: 're_2' });
      answers.push(
        answer({ ...answers[1]!, key: 'r2', status: 409, reply: { status_code: 409, code: 'REFUND_PENDING' } }),
      );
    },
  ],
  [
    'a refund that nobody asked for',
    'refunded once',
    ({ rows }) => Object.assign(rows.refunds[0]!, { automatic: true, requested_by: null }),
  ],
  [
    'a refund that was made twice',
    'refunded once',
    ({ stripe }) => stripe.refunds.push({ ...stripe.refunds[0]!, id: 're_2' }),
  ],
  ['a refund that is not booked', 'refunded once', ({ rows }) => rows.refunds.pop()],
  [
    'a refund that succeeded and is booked as failed',
    'refunded once',
    ({ rows }) => Object.assign(rows.refunds[0]!, { status: 'failed' }),
  ],
  [
    'a charge that gave back more than is booked',
    'refunded once',
    ({ rows }) => Object.assign(rows.charges[0]!, { amount_returned: 40 }),
  ],
  ['more refunds than requests', 'refunded once', ({ answers }) => answers.pop()],
  [
    'an invoice that is still paid after a refund',
    'documents',
    ({ rows }) => Object.assign(rows.invoices[0]!, { status: 'paid' }),
  ],
  [
    'a credit note whose tax is rounded down',
    'documents',
    ({ rows }) => {
      Object.assign(rows.credit_notes[0]!, { base_amount: 46, tax_amount: 4 });
      Object.assign(rows.tax_records[0]!, { credited_base_amount: 46, credited_tax_amount: 4 });
    },
  ],
  ['a refund without its credit note', 'documents', ({ rows }) => rows.credit_notes.pop()],
  [
    'two invoices of one number',
    'documents',
    ({ rows }) => rows.invoices.push({ ...rows.invoices[0]!, id: 2, payment_id: 2 }),
  ],
  ['a payment without a tax record', 'documents', ({ rows }) => rows.tax_records.pop()],
  ['an audit entry that is missing', 'audit trail', ({ rows }) => rows.audit.splice(2, 1)],
  [
    'a payment completed twice',
    'audit trail',
    ({ rows }) => rows.audit.push({ id: 9, action: 'payment.completed', payment_id: 1 }),
  ],
  [
    'a payment that completed before it was created',
    'audit trail',
    ({ rows }) => rows.audit.push(...rows.audit.splice(1, 1)),
  ],
  ['a refund that the log does not tell of', 'audit trail', ({ rows }) => rows.audit.pop()],
  [
    'a pending payment whose session is paid',
    'nothing unfinished',
    ({ rows }) => Object.assign(rows.payments[0]!, { status: 'pending' }),
  ],
  [
    'an event that nobody applied',
    'nothing unfinished',
    ({ rows }) => Object.assign(rows.events[0]!, { status: 'dead' }),
  ],
  [
    'a lock that is still held',
    'nothing unfinished',
    ({ rows }) => rows.held_locks.push({ lock_key: 'purchase:complete:1' }),
  ],
  [
    'a key that is still running',
    'nothing unfinished',
    ({ rows }) => rows.running_claims.push({ route: '/payments', idempotency_key: 'k' }),
  ],
  [
    'a session that Stripe never answered',
    'nothing unfinished',
    ({ rows }) => rows.open_sessions.push({ payment_id: 1, state: 'unanswered' }),
  ],
  [
    'a refund that is pending, and absent at Stripe',
    'nothing unfinished',
    ({ rows }) => rows.refunds.push({ ...rows.refunds[0]!, id: 2, transaction_id: null, status: 'pending' }),
  ],
  [
    'an answer that names a payment which does not exist',
    'no false answer',
    ({ answers }) => {
      answers[0]!.reply.data.payment_id = 99;
    },
  ],
  [
    'an answer with the payment of another user',
    'no false answer',
    ({ answers }) => Object.assign(answers[0]!, { user_id: 8 }),
  ],
  [
    'an answer about another consultation',
    'no false answer',
    ({ answers }) => Object.assign(answers[0]!, { body: { consultation_id: 4 } }),
  ],
  [
    'an answer with another amount',
    'no false answer',
    ({ answers }) => {
      answers[0]!.reply.data.payment.amount = 1;
    },
  ],
  [
    'an internal error',
    'no false answer',
    ({ answers }) => Object.assign(answers[0]!, { status: 500, reply: undefined }),
  ],
  [
    'two answers of one key',
    'no false answer',
    ({ answers }) =>
      answers.push(
        answer({
          ...answers[0]!,
          reply: { status_code: 201, data: { payment_id: 1, payment: { amount: 111, status: 'completed' } } },
        }),
      ),
  ],
  [
    'a refund announced and not made',
    'no false answer',
    ({ answers }) => {
      answers[1]!.reply.data.refund.id = 5;
    },
  ],
  [
    'a key that is refused because of its own payment',
    'no false answer',
    ({ answers }) =>
      answers.push(
        answer({
          ...answers[0]!,
          status: 409,
          reply: { status_code: 409, code: 'PAYMENT_EXISTS', data: { payment_id: 1 } },
        }),
      ),
  ],
  [
    'an answer that the owner’s payment does not exist',
    'no false answer',
    ({ answers }) => answers.push(answer({ status: 404, reply: { status_code: 404, code: 'PAYMENT_NOT_FOUND' } })),
  ],
  [
    'a refund announced as succeeded that was withdrawn',
    'no false answer',
    ({ rows, answers }) => {
      answers[1]!.reply.data.refund.status = 'succeeded';
      Object.assign(rows.refunds[0]!, { status: 'cancelled' });
    },
  ],
  [
    'a refund announced as withdrawn that was made',
    'no false answer',
    ({ answers }) =>
      answers.push(
        answer({
          method: 'POST',
          path: '/payments/1/refunds/1/withdraw',
          reply: { status_code: 200, data: { refund: { id: 1, status: 'cancelled' } } },
        }),
      ),
  ],
  [
    'a payment announced as cancelled that is not',
    'no false answer',
    ({ answers }) =>
      answers.push(
        answer({
          method: 'POST',
          path: '/payments/1/cancel',
          reply: { status_code: 200, data: { payment: { id: 1, amount: 111, status: 'cancelled' } } },
        }),
      ),
  ],
  [
    'a cancelled payment that was completed before',
    'no state goes back',
    ({ answers }) => answers.push(read('completed'), read('cancelled')),
  ],
  ['a status that goes back', 'no state goes back', ({ answers }) => answers.push(read('completed'), read('pending'))],
])('%s: %s', (_, rule, change) => {
  const snapshot = paidAndRefunded();
  change(snapshot);
  expect(judge(snapshot).map((finding) => finding.rule)).toContain(rule);
});

it('a status read by two requests at once may arrive in any order', () => {
  const snapshot = paidAndRefunded();
  const [later, earlier] = [read('partially_refunded'), read('completed')];
  snapshot.answers.push(later, { ...earlier, sent_ms: later.sent_ms });
  expect(judge(snapshot)).toEqual([]);
});
