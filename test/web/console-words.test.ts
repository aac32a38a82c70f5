import fc from 'fast-check';
import { seconds, since, span } from '../../apps/web/src/design/spans.js';
import { whyOf } from '../../apps/web/src/pages/console/payments/payment-explanation.js';
import { timesOf, whatFor } from '../../apps/web/src/pages/console/payments/what-for.js';
import { chartOf, pathOf } from '../../apps/web/src/pages/console/timeline/chart.js';
import { type Fact, factsOf } from '../../apps/web/src/pages/console/timeline/facts.js';
import { stepName } from '../../apps/web/src/pages/console/timeline/step-name.js';
import { timelineWords } from '../../apps/web/src/pages/console/timeline/words.js';
import { noteOf } from '../../apps/web/src/pages/console/webhooks/note-words.js';
import type { Entry, Lane, PaymentFile, StaffPayment } from '../../apps/web/src/pages/console/wire.js';

const LANES: readonly Lane[] = ['request', 'lock', 'database', 'stripe', 'webhook', 'worker'];

const file = (change: object = {}, charge: object | null = null, refund_pending_amount = 0) =>
  ({
    payment: {
      id: 1,
      amount: 5_000,
      currency: 'idr',
      payment_method: 'stripe',
      status: 'pending',
      processing: false,
      refunded_amount: 0,
      refund_owed: 0,
      dispute: null,
      completed_at: null,
      ...change,
    },
    charge,
    refund_pending_amount,
    charged_back_amount: 0,
    returned_twice_amount: 0,
    refund_failed: false,
    unused_money: null,
    unmatched_money: null,
    charges: [],
    amount_due: 0,
    unmatched_transfers: [],
    unmatched_amount: 0,
  }) as unknown as PaymentFile;
const PAID = { status: 'completed', completed_at: '2025-11-25T08:00:00.000Z' };
const CHARGE = { amount_received: 5_000 };

let id = 0;
const entry = (lane: Lane, action: string, more: Partial<Entry> = {}): Entry => ({
  id: (id += 1),
  at: '2025-11-25T08:00:00.000Z',
  ms: id,
  lane,
  action: action as Entry['action'],
  actor: 'owner',
  request_id: 'r1',
  detail: {},
  ...more,
});

describe('“Why was I charged?”', () => {
  const said = (of: PaymentFile, entries: Entry[] = [], language: 'en' | 'id' = 'en') =>
    whyOf(of, entries, language).answer;

  it.each([
    [{}, /^Not charged: the customer hasn’t paid on Stripe’s page yet\.$/],
    [{ payment_method: 'gcash' }, /^Not charged yet: staff haven’t confirmed/],
    [{ processing: true }, /^Not charged yet: .*is processing\.$/],
    [{ status: 'failed' }, /^Not charged: the payment failed/],
    [{ status: 'expired' }, /^Not charged: the payment expired/],
    [{ status: 'expired', payment_method: 'bank_transfer' }, /^No payment recorded: it expired\. Money /],
  ])('%j: not charged', (change, sentence) => {
    expect(said(file(change))).toMatch(sentence);
    expect(said(file(change), [], 'id')).toMatch(/^(Tidak ditagih|Belum ditagih|Tidak ada pembayaran tercatat)/);
    expect(whyOf(file(change), [], 'en').question).toBe('Why was I not charged?');
  });

  describe('after declined cards', () => {
    const attempt = (decline_code: string | null, code: string | null = 'card_declined') => ({
      at: '2025-11-25T08:00:00.000Z',
      code,
      decline_code,
      message: 'Your card was declined.',
      card: { brand: 'visa', last4: '0002' },
    });
    const after = (codes: (string | null)[], change: object = {}, count = codes.length) => ({
      ...file(change, 'completed_at' in change ? CHARGE : null),
      declined_attempts: { count, latest: codes.map((code) => attempt(code)) },
    });
    const funds = 'insufficient_funds';

    it.each([
      [[funds], 'Not charged: 1 card attempt was declined: insufficient funds.'],
      [[funds, funds, funds], 'Not charged: 3 card attempts were declined: insufficient funds.'],
      [
        ['lost_card', funds, 'expired_card', funds],
        'Not charged: 4 card attempts were declined: insufficient funds (2), card reported lost (1), expired card (1).',
      ],
      [['do_not_honor', 'generic_decline'], 'Not charged: 2 card attempts were declined: no reason given by the bank.'],
      [['a_code_of_2030'], 'Not charged: 1 card attempt was declined: code “a_code_of_2030”.'],
      [['constructor'], 'Not charged: 1 card attempt was declined: code “constructor”.'],
      [[null], 'Not charged: 1 card attempt was declined: no reason given by the bank.'],
    ])('%j', (codes, sentence) => expect(said(after(codes))).toBe(sentence));

    it('of more than are shown, the latest reasons are told as that', () => {
      expect(
        said(
          after(
            Array.from({ length: 10 }, () => funds),
            {},
            27,
          ),
        ),
      ).toBe('Not charged: 27 card attempts were declined, the latest: insufficient funds.');
    });

    it('in Indonesian', () => {
      expect(said(after([funds, funds, funds]), [], 'id')).toBe(
        'Tidak ditagih: 3 percobaan kartu ditolak: saldo tidak cukup.',
      );
      expect(said(after([funds, 'expired_card']), [], 'id')).toBe(
        'Tidak ditagih: 2 percobaan kartu ditolak: saldo tidak cukup (1), kartu kedaluwarsa (1).',
      );
    });

    it('when the time ran out: why, and that cards were declined', () => {
      expect(said(after([funds, funds], { status: 'expired' }))).toBe(
        'Not charged: the payment expired before any money arrived; 2 card attempts were declined: insufficient funds.',
      );
    });

    it.each([
      [[funds], /^Charged once, after 1 declined attempt: Rp 50\.00 on /, /^Ditagih satu kali, setelah 1 percobaan /],
      [
        [funds, null],
        /^Charged once, after 2 declined attempts: Rp 50\.00 on /,
        /setelah 2 percobaan yang ditolak: Rp/,
      ],
    ])('%j, and then paid', (codes, en, id) => {
      expect(said(after(codes, PAID)).replace(/\s/g, ' ')).toMatch(en);
      expect(said(after(codes, PAID), [], 'id')).toMatch(id);
    });

    it.each([
      ['us_bank_account', 'bank debit', 'debit bank'],
      ['customer_balance', 'bank transfer', 'transfer bank'],
      ['afterpay_clearpay', 'afterpay clearpay', 'afterpay clearpay'],
      [null, 'another payment method', 'metode pembayaran lain'],
    ])('an attempt by %s that failed is no declined card', (payment_method_type, en, id) => {
      const failed = [entry('webhook', 'payment.attempt_failed', { detail: { code: null, payment_method_type } })];
      expect(said(file({ status: 'failed' }), failed)).toBe(
        `Not charged: the payment by ${en} failed at the provider.`,
      );
      expect(said(file({ status: 'failed' }), failed, 'id')).toBe(
        `Tidak ditagih: pembayaran dengan ${id} gagal di penyedia.`,
      );
      expect(said(after([funds]), failed)).toBe(
        `Not charged: 1 card attempt was declined: insufficient funds; an attempt by ${en} failed.`,
      );
    });
  });

  it('cancelled: by whom', () => {
    for (const [actor, word] of [
      ['owner', 'the customer cancelled'],
      ['staff', 'staff cancelled'],
    ] as const)
      expect(said(file({ status: 'cancelled' }), [entry('database', 'payment.cancelled', { actor })])).toContain(word);
  });

  it.each([
    ['price_changed', /^Not charged: the price changed/, /^Tidak ditagih: harganya berubah/],
    [
      'closed',
      /^Not charged: the consultation or product was closed/,
      /^Tidak ditagih: konsultasi atau produknya ditutup/,
    ],
  ])('cancelled since %s: says so, not that somebody cancelled it', (because, en, id) => {
    const told = [entry('database', 'payment.cancelled', { detail: { because } })];
    expect(said(file({ status: 'cancelled' }), told)).toMatch(en);
    expect(said(file({ status: 'cancelled' }), told, 'id')).toMatch(id);
  });

  it('ended by staff without Stripe: that nothing was charged is not said, since it is not known', () => {
    const told = [entry('database', 'payment.abandoned', { actor: 'staff' })];
    expect(said(file({ status: 'cancelled' }), told)).toMatch(/^Not charged as far as Payonce knows: staff/);
  });

  it('charged: once, by whose word, what was refused, what came back, what is owed, what is disputed', () => {
    const entries = [
      entry('request', 'request.create'),
      entry('database', 'payment.duplicate_refused', { request_id: 'r2' }),
      entry('request', 'request.repeated', { request_id: 'r3' }),
      entry('webhook', 'webhook.event', { request_id: 'r4', actor: 'system' }),
      entry('database', 'payment.completed', { request_id: 'r4', actor: 'system' }),
      entry('database', 'money.returned_automatically', { request_id: 'r5' }),
    ];
    const whole = file(
      {
        ...PAID,
        refunded_amount: 3_000,
        refund_owed: 1_000,
        dispute: { state: 'open', amount: 500, currency: 'idr', dispute_id: 'dp_1' },
      },
      CHARGE,
    );
    expect(said({ ...whole, refund_failed: true }, entries).replace(/\s/g, ' ')).toMatch(
      /^Charged once, Rp 50\.00 on .+; Stripe’s webhook reported the payment; 1 further request was refused as a duplicate and 1 repetition got the first answer again, and charged nothing; money arrived once after the payment had closed and is refunded automatically; Rp 20\.00 was refunded; Rp 10\.00 is still owed to the customer, .+; Rp 5\.00 is disputed\.$/,
    );
    expect(said(whole, entries)).toContain('Rp 10.00 counts as refunded and is still owed to the customer');
    expect(said(whole, entries, 'id')).toMatch(/^Ditagih satu kali, .*1 permintaan lain ditolak karena ganda/);
  });

  it('what the bank took in a lost dispute was not given back by us, though both count as refunded', () => {
    const lost = (amount: number) => ({ state: 'lost', amount, currency: 'idr', dispute_id: 'dp_1' });
    const whole = file({ ...PAID, refunded_amount: 5_000, dispute: lost(3_000) }, CHARGE);
    expect(said({ ...whole, charged_back_amount: 3_000 }).replace(/\s/g, ' ')).toMatch(
      /; Rp 20\.00 was refunded; a dispute about Rp 30\.00 was lost, /,
    );
    expect(said({ ...whole, charged_back_amount: 5_000 })).not.toContain('was refunded');
    // More was disputed than had been left: the rest had gone back by us before.
    const beyond = {
      ...file({ ...PAID, refunded_amount: 5_000, dispute: lost(5_000) }, CHARGE),
      charged_back_amount: 3_000,
      returned_twice_amount: 2_000,
    };
    expect(said(beyond).replace(/\s/g, ' ')).toMatch(
      /about Rp 50\.00 was lost, .*; Rp 20\.00 of that had already been refunded, so it was paid out twice\.$/,
    );
  });

  it.each([
    [1_000, 'a dispute about Rp 30.00 was partly lost, and the bank took Rp 10.00 back'],
    [0, 'a dispute about Rp 30.00 was lost, and the bank took no further money'],
  ])('of a lost dispute, what left the balance is what the bank took: %d', (charged_back_amount, sentence) => {
    const dispute = { state: 'lost', amount: 3_000, currency: 'idr', dispute_id: 'dp_1' };
    const whole = { ...file({ ...PAID, refunded_amount: charged_back_amount, dispute }, CHARGE), charged_back_amount };
    expect(said(whole).replace(/\s/g, ' ')).toContain(`; ${sentence}.`);
    expect(said(whole, [], 'id')).toContain('kalah');
  });

  describe('money that does not match', () => {
    const odd = { amount_received: 44, currency: 'usd' };
    const waiting = (change: object = {}) => ({
      ...file(change, odd),
      unused_money: 'here' as const,
      unmatched_money: { charge_id: 1, amount_returned: 0, ...odd, received_at: '2025-11-25T08:00:00.000Z' },
    });
    const quarantined = entry('database', 'money.quarantined');

    it.each(['pending', 'failed', 'expired', 'cancelled'])(
      'for a payment that is %s: nobody says “not charged”',
      (status) => {
        const { question, answer } = whyOf(waiting({ status }), [quarantined], 'en');
        expect(question).toBe('Why is my payment not complete?');
        expect(answer).toBe('$0.44 arrived but doesn’t match the amount due; staff must review it.');
        expect(said(waiting({ status }), [quarantined], 'id')).toMatch(
          /^\$0,44 masuk, tetapi tidak sesuai tagihannya; staf /,
        );
      },
    );

    it('for one that is paid: beside what was charged', () => {
      const answer = said(waiting(PAID), [quarantined]);
      expect(answer).toMatch(
        /^Charged once, .*; \$0\.44 arrived but doesn’t match the amount due; staff must review it\.$/,
      );
    });

    it.each([
      ['on_its_way', [], /^Not charged: \$0\.44 arrived .*; it is being refunded\.$/],
      ['gone_back', [], /^Not charged: \$0\.44 arrived .*; it was refunded\.$/],
      [null, ['money.settled_elsewhere'], /^\$0\.44 arrived .*; staff marked it as settled elsewhere\.$/],
    ] as const)('decided, and %s now (%j)', (unused_money, actions, sentence) => {
      const entries = [quarantined, ...actions.map((action) => entry('database', action))];
      expect(said({ ...file({}, odd), unused_money }, entries)).toMatch(sentence);
    });

    it('that came too late and could not go back: staff must review it, as long as it is here', () => {
      const late = file({ status: 'expired' }, CHARGE);
      expect(said({ ...late, unused_money: 'here' }, [quarantined])).toMatch(
        /; money that can’t be used for it arrived once; staff must review it\.$/,
      );
      expect(said({ ...late, unused_money: 'gone_back' }, [quarantined])).not.toContain('review');
    });
  });

  describe('money by transfer', () => {
    const BANK = { payment_method: 'bank_transfer' };
    const plain = (...about: Parameters<typeof said>) => said(...about).replace(/\s/g, ' ');
    const sent = { transfer_id: 1, amount: 5_000, currency: 'idr', received_at: '2025-11-25T08:00:00.000Z' };
    const with_ = (change: object, more: object) =>
      ({ ...file({ ...BANK, ...change }, CHARGE), ...more }) as PaymentFile;

    it('of which a part has arrived: how much, what is due, and that it does not expire', () => {
      const part = with_({}, { charges: [{ amount_received: 2_000 }], amount_due: 3_000 });
      expect(whyOf(part, [], 'en').question).toBe('Why is my payment not complete?');
      expect(plain(part)).toBe('Rp 20.00 of Rp 50.00 has arrived, and Rp 30.00 is still due; it no longer expires.');
      expect(plain(part, [], 'id')).toBe(
        'Rp 20,00 dari Rp 50,00 sudah diterima, dan masih kurang Rp 30,00; pembayaran ini tidak lagi kedaluwarsa.',
      );
    });

    it('in several transfers: their sum, by whom it was matched, and what is unmatched or to be paid back', () => {
      const paid = with_(PAID, {
        charges: [{ amount_received: 2_000 }, { amount_received: 3_000 }],
        unmatched_transfers: [{ ...sent, unmatched_amount: 300, refund_pending_amount: 200 }],
      });
      const entries = [
        entry('request', 'request.match_transfer', { actor: 'staff' }),
        entry('database', 'payment.completed'),
      ];
      expect(plain(paid, entries)).toMatch(
        /^Charged once, Rp 50\.00 in 2 transfers, the last on .*; staff confirmed that the money had arrived; Rp 3\.00 that was sent for it is unmatched; .*; Rp 2\.00 that was sent for it is to be paid back by hand\.$/,
      );
      expect(plain(paid, entries, 'id')).toMatch(/^Ditagih satu kali, Rp 50,00 dalam 2 transfer, /);
    });

    it('matched by mistake: not charged, or less; never given back', () => {
      const all = with_({ ...PAID, status: 'refunded', refunded_amount: 5_000 }, { unmatched_amount: 5_000 });
      expect(whyOf(all, [], 'en').question).toBe('Why was I not charged?');
      expect(plain(all)).toBe(
        'Not charged: Rp 50.00 that belongs to something else was matched with it by mistake; the match was undone, and nothing was paid out.',
      );
      const some = with_(
        { ...PAID, status: 'partially_refunded', refunded_amount: 3_000 },
        { unmatched_amount: 2_000 },
      );
      expect(plain(some)).toMatch(/; Rp 10\.00 was refunded; Rp 20\.00 was matched with it by mistake; /);
      expect(plain(all, [], 'id')).toMatch(/^Tidak ditagih: Rp 50,00 yang bukan untuknya/);
    });

    it.each(['cancelled', 'expired'])('of one that is %s: where it is', (status) => {
      const late = with_(
        { status },
        { unmatched_transfers: [{ ...sent, unmatched_amount: 5_000, refund_pending_amount: 0 }] },
      );
      expect(plain(late)).toMatch(
        /; Rp 50\.00 that was sent for it is unmatched; staff match it with a payment, or pay it back\.$/,
      );
    });
  });

  it('a refund that waits, is on its way or came to nothing is told, until another one is made', () => {
    const plain = (...about: Parameters<typeof said>) => said(...about).replace(/\s/g, ' ');
    expect(plain(file(PAID, CHARGE, 700), [])).toMatch(/; a refund of Rp 7\.00 is on its way\.$/);
    expect(plain(file({ ...PAID, payment_method: 'gcash' }, CHARGE, 700), [])).toMatch(
      /; a refund of Rp 7\.00 is reserved and hasn’t been paid out yet\.$/,
    );
    expect(whyOf(file(PAID, CHARGE, 700), [], 'en', 700).answer).toMatch(
      /; Stripe hasn’t answered yet whether it refunds Rp\s7\.00\.$/,
    );
    expect(whyOf(file(PAID, CHARGE, 700), [], 'en', 200).answer).toMatch(
      /; a refund of Rp\s5\.00 is on its way; Stripe hasn’t answered yet whether it refunds Rp\s2\.00\.$/,
    );
    expect(said({ ...file(PAID, CHARGE), refund_failed: true })).toContain('a refund failed');
    expect(said(file(PAID, CHARGE))).not.toContain('failed');
    // What is owed for it is told instead, where it is.
    expect(said({ ...file({ ...PAID, refund_owed: 100 }, CHARGE), refund_failed: true })).not.toContain(
      'a refund failed, and',
    );
  });

  it('of a transfer that was cancelled nobody knows that no money was sent', () => {
    const cancelled = entry('request', 'payment.cancelled', { actor: 'owner' });
    const byHand = file({ status: 'cancelled', payment_method: 'bank_transfer' });
    expect(said(byHand, [cancelled])).toMatch(/^No payment recorded: .* match it with a new payment or pay it back\.$/);
    expect(said(file({ status: 'cancelled' }), [cancelled])).toBe('Not charged: the customer cancelled before paying.');
  });

  it('whose word it was is read from the request that wrote it down, and not said where nothing tells', () => {
    const done = entry('database', 'payment.completed');
    const told = (before: Entry, at = done) => said(file(PAID, CHARGE), [before, at]);
    expect(told(entry('request', 'request.confirm'))).toContain('the customer returned');
    expect(
      told(entry('request', 'request.confirm', { actor: 'staff' }), { ...done, actor: 'staff' as const }),
    ).toContain('staff confirmed');
    expect(told(entry('worker', 'worker.looked'))).toContain('the worker asked');
    expect(told(entry('webhook', 'webhook.event', { request_id: 'another' }))).toMatch(/^Charged once, [^;]+\.$/);
    expect(said(file(PAID, CHARGE))).toMatch(/^Charged once, [^;]+\.$/);
  });
});

describe('the chart of a timeline', () => {
  const entries = fc.array(
    fc.record({ lane: fc.constantFrom(...LANES), request: fc.option(fc.nat(4)), ms: fc.nat(5_000) }),
    { maxLength: 40 },
  );
  const drawn = (made: { lane: Lane; request: number | null; ms: number }[]) => {
    let now = 0;
    return made.map(({ lane, request, ms }) =>
      entry(lane, 'x', { ms: (now += ms), request_id: request === null ? null : `r${request}` }),
    );
  };

  it('every entry is a step, in order, further down than the one before; lines join steps of one request, downwards', () => {
    fc.assert(
      fc.property(entries, (made) => {
        const chart = chartOf(drawn(made));
        expect(chart.steps.map(({ n }) => n)).toEqual(made.map((_, n) => n));
        chart.steps.forEach((step, n) => {
          expect(chart.lanes[step.lane]).toBe(made[n]!.lane);
          if (n > 0) expect(step.y).toBeGreaterThan(chart.steps[n - 1]!.y);
          expect(step.y).toBeLessThan(chart.height);
        });
        for (const link of chart.links) {
          expect(link.from.request).toBe(link.to.request);
          expect(link.to.n).toBeGreaterThan(link.from.n);
          expect(pathOf(link, { lane_width: 100, half: 14, count: 3 })).toMatch(/^M[-\d.]+ [\d.]+(V|Q|H|[-\d. ])+$/);
        }
        // Every step of a request but its first is led to.
        const asked = chart.requests.filter(({ request_id }) => request_id !== null);
        const led = chart.links.filter(({ to }) => to.request.request_id !== null).length;
        const steps = chart.steps.filter(({ request }) => request.request_id !== null).length;
        expect(led).toBe(steps - asked.length);
      }),
    );
  });

  it('two requests have two numbers, and what the system does unasked is not joined across a long time', () => {
    const chart = chartOf([
      entry('request', 'a', { ms: 0, request_id: 'a' }),
      entry('request', 'b', { ms: 1, request_id: 'b' }),
      entry('worker', 'c', { ms: 2, request_id: null }),
      entry('database', 'd', { ms: 3, request_id: null }),
      entry('worker', 'e', { ms: 90_000, request_id: null }),
    ]);
    expect(chart.requests.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(chart.links.map(({ from, to }) => [from.n, to.n])).toEqual([[2, 3]]);
    expect(chart.steps[4]!.after_ms).toBe(89_997);
  });
});

describe('how long after its request a step came', () => {
  it('two clicks and a webhook five minutes later: each counts from its own beginning', () => {
    const at = (ms: number, request_id: string | null) => entry('request', 'x', { ms, request_id });
    const chart = chartOf([at(0, 'a'), at(2, 'b'), at(5, 'a'), at(6.5, 'b'), at(301_300, 'c'), at(301_312, 'c')]);
    expect(chart.steps.map(({ within_ms }) => within_ms)).toEqual([undefined, undefined, 5, 4.5, undefined, 12]);
  });

  it('what the system does unasked begins anew after every pause', () => {
    const at = (ms: number) => entry('worker', 'x', { ms, request_id: null });
    const steps = chartOf([at(0), at(3), at(60_000), at(60_004)]).steps;
    expect(steps.map(({ within_ms }) => within_ms)).toEqual([undefined, 3, undefined, 4]);
  });

  it.each([
    [0, '+0 ms', '+0 ms'],
    [12.4, '+12.4 ms', '+12,4 ms'],
    [301_300, '+301.300 s', '+301,300 dtk'],
    [720_000, '+12 min', '+12 mnt'],
  ])('%d ms is written %s, and %s', (ms, en, id) => {
    expect([since(ms, 'en'), since(ms, 'id')]).toEqual([en, id]);
    expect(since(ms, 'en')).toBe(`+${span(ms, 'en')}`);
  });

  it('a decimal is what it is in the language', () =>
    expect([seconds(1_440, 'en'), seconds(1_440, 'id')]).toEqual(['1.4 s', '1,4 dtk']));
});

describe('a payment of another provider', () => {
  const wallet = { payment_method: 'wallet' };
  it.each([
    [{}, [], 'the customer hasn’t paid on wallet’s page yet', 'belum membayar di halaman wallet'],
    [PAID, [entry('worker', 'payment.completed')], 'the worker asked wallet', 'bertanya kepada wallet'],
    [{ status: 'cancelled' }, [entry('request', 'payment.abandoned')], 'ended it without wallet', 'tanpa wallet'],
  ])('%j: is explained by its name', (change, entries, en, id) => {
    const before = entry(entries[0]?.lane ?? 'worker', 'request.looked_up');
    const said = (language: 'en' | 'id') =>
      whyOf(file({ ...wallet, ...change }, CHARGE), [before, ...entries], language, 700).answer.replace(/\s/g, ' ');
    expect([said('en'), said('id')]).toEqual([expect.stringContaining(en), expect.stringContaining(id)]);
    expect(said('en')).toContain('wallet hasn’t answered yet whether it refunds Rp 7.00');
    expect(said('en') + said('id')).not.toContain('Stripe');
  });

  it('has steps and details in its name', () => {
    expect(stepName({ action: 'refund.made_elsewhere', detail: {} }, 'en', 'PayPal')).toBe('Refund at PayPal');
    const facts = factsOf({ asked: true, code: 'balance_insufficient' }, { currency: 'idr', provider: 'PayPal' }, 'en');
    expect(facts.map(({ label, text }) => [label, text])).toEqual([
      ['Asked PayPal', 'Yes'],
      ['PayPal’s reason', 'The PayPal balance is too low'],
    ]);
  });
});

describe('what was written down with a step', () => {
  const told = (detail: object, language: 'en' | 'id' = 'en') =>
    factsOf(detail as Entry['detail'], { currency: 'idr', provider: 'Stripe' }, language).map(
      ({ label, name, text, raw }: Fact) =>
        [label ?? name, text.replace(/\s/g, ' '), ...(raw ? ['raw'] : [])].join(': '),
    );

  it('money is money, in its own currency or the payment’s; states, spans and methods have words', () => {
    const detail = {
      amount: 7_900_000,
      refund_owed: 500,
      counted_amount: -100,
      status: 'partially_refunded',
      waited_ms: 0.4,
      payment_method: 'bank_transfer',
    };
    expect(told(detail)).toEqual([
      'Amount: Rp 79,000.00',
      'Still owed: Rp 5.00',
      'Counted: -Rp 1.00',
      'State: Partially refunded',
      'Waited: 0.4 ms',
      'Method: Bank transfer',
    ]);
    expect(told(detail, 'id').slice(0, 2)).toEqual(['Jumlah: Rp 79.000,00', 'Masih terutang: Rp 5,00']);
    expect(told({ amount_received: 700, currency: 'jpy', expected: { amount: 700, currency: 'usd' } })).toEqual([
      'Received: ¥700',
      'Currency: JPY',
      'Expected: $7.00',
    ]);
  });

  it('what is not known is shown as it was written, by its own name', () => {
    expect(
      told({ transaction_id: 'pi_1', new_thing: { a: 1 }, lock_keys: ['a', 'b'], status: 'constructor', amount: '5' }),
    ).toEqual([
      'Transaction: pi_1: raw',
      'new_thing: {"a":1}: raw',
      'Lock: a b: raw',
      'State: constructor: raw',
      'Amount: 5: raw',
    ]);
  });

  it('why Stripe holds a refund back or refuses it, what a dispute is at Stripe, and whether Stripe was asked', () => {
    const detail = {
      pending_reason: 'insufficient_funds',
      code: 'charge_already_refunded',
      status: 'appeal_under_review',
      lost_amount: 1_000,
      asked: false,
      conflicting_refunds: ['re_1', 're_2'],
    };
    expect(told(detail)).toEqual([
      'Waits for: Waiting for your Stripe balance: top it up',
      'Stripe’s reason: Already refunded at Stripe',
      'State: Appeal: under review',
      'Lost: Rp 10.00',
      'Asked Stripe: No',
      'Made at Stripe: re_1 re_2: raw',
    ]);
    expect(told(detail, 'id')[0]).toBe('Menunggu: Menunggu saldo Stripe Anda: isi saldonya');
    expect(told({ code: 'a_new_code', pending_reason: 'a_new_reason' })).toEqual([
      'Stripe’s reason: a_new_code: raw',
      'Waits for: a_new_reason: raw',
    ]);
  });

  it('of a transfer: what was recorded before and after, and which parts a cancelled payment gave up', () => {
    const detail = {
      transfer_id: 3,
      before: { amount: 5_000, received_at: '2026-03-30T05:00:00.000Z', payer: null, note: null },
      after: { amount: 5_500, received_at: '2026-03-30T05:00:00.000Z', payer: 'Ayu', note: 'x' },
      unmatched: [{ transfer_id: 3, amount: 2_000 }],
      unmatched_amount: 500,
      amount_due: 300,
    };
    expect(told(detail)).toEqual([
      'Transfer: 3: raw',
      expect.stringMatching(/^Before: Amount: Rp 50\.00 Received on: 30 Mar 2026, \d\d:\d\d$/),
      expect.stringMatching(/^Now: Amount: Rp 55\.00 Received on: .* Payer: Ayu Note: x$/),
      'Unmatched: Transfer 3: Rp 20.00',
      'Unmatched: Rp 5.00',
      'Still due: Rp 3.00',
    ]);
    expect(told(detail, 'id').slice(3)).toEqual([
      'Belum dicocokkan: Transfer 3: Rp 20,00',
      'Belum dicocokkan: Rp 5,00',
      'Masih kurang: Rp 3,00',
    ]);
  });

  it.each([
    ['request.record_transfer', {}, 'Record transfer', 'Catat transfer'],
    ['request.match_transfer', {}, 'Match transfer', 'Cocokkan transfer'],
    ['request.unmatch_transfer', {}, 'Undo match', 'Batalkan pencocokan'],
    ['request.refund_transfer', {}, 'Pay back transfer', 'Kembalikan transfer'],
    ['request.correct_transfer', {}, 'Correct transfer', 'Perbaiki transfer'],
    ['request.void_transfer', {}, 'Void transfer', 'Tandai tidak berlaku'],
    ['transfer.recorded', {}, 'Transfer recorded', 'Transfer dicatat'],
    ['transfer.left_unmatched', {}, 'Transfer unmatched', 'Transfer belum dicocokkan'],
    ['transfer.unmatched', {}, 'Match undone', 'Pencocokan dibatalkan'],
    ['transfer.refund_reserved', {}, 'Pay-back reserved', 'Pengembalian dicadangkan'],
    ['transfer.refunded', {}, 'Transfer paid back', 'Transfer dikembalikan'],
    ['transfer.refund_withdrawn', {}, 'Pay-back withdrawn', 'Pengembalian ditarik'],
    ['transfer.corrected', {}, 'Transfer corrected', 'Transfer diperbaiki'],
    ['transfer.voided', {}, 'Transfer voided', 'Transfer tidak berlaku'],
    ['payment.partially_paid', {}, 'Partially paid', 'Dibayar sebagian'],
    ['payment.late_money_refused', {}, 'Late money refused', 'Uang terlambat ditolak'],
    ['refund.needs_decision', {}, 'Refund needs your decision', 'Refund perlu keputusan'],
    ['refund.cancelled', { refund_id: 1 }, 'Refund withdrawn', 'Refund ditarik'],
    ['refund.cancelled', { code: 'charge_disputed' }, 'Refund not needed', 'Refund tak diperlukan'],
    ['refund.on_its_way', { pending_reason: 'processing' }, 'Refund on its way', 'Refund di jalan'],
    [
      'refund.on_its_way',
      { pending_reason: 'insufficient_funds' },
      'Waiting for your Stripe balance',
      'Menunggu saldo Stripe Anda',
    ],
    ['stripe.refund_looked_for', { asked: true }, 'Refund looked up', 'Refund dicari'],
    ['money.accepted', {}, 'Money accepted', 'Uang diterima'],
    ['money.settled_elsewhere', {}, 'Settled elsewhere', 'Diselesaikan di tempat lain'],
    ['request.accept_charge', {}, 'Accept money', 'Terima uang'],
    ['request.refund_charge', {}, 'Refund unmatched money', 'Kembalikan uang tak sesuai'],
    ['request.settle_charge_elsewhere', {}, 'Settle elsewhere', 'Selesaikan di tempat lain'],
    ['worker.reviewed_charge', {}, 'Money reviewed', 'Uang ditinjau'],
    ['dispute.open', { status: 'needs_response' }, 'Dispute opened', 'Sengketa dibuka'],
    ['dispute.open', { status: 'appeal_needs_response' }, 'Dispute appealed', 'Sengketa dalam banding'],
    ['dispute.lost', { amount: 3_000, lost_amount: 3_000 }, 'Dispute lost', 'Sengketa kalah'],
    ['dispute.lost', { amount: 3_000, lost_amount: 1_000 }, 'Dispute partly lost', 'Sengketa kalah sebagian'],
    ['a.new_action', {}, 'a.new_action', 'a.new_action'],
  ])('%s %j is called %s, and %s', (action, detail, en, id) => {
    const step = { action, detail };
    expect([stepName(step, 'en', 'Stripe'), stepName(step, 'id', 'Stripe')]).toEqual([en, id]);
  });

  it('refunds of Stripe’s and of ours are called differently, in both languages', () => {
    for (const { actions } of Object.values(timelineWords)) {
      const names = Object.entries(actions)
        .filter(([action]) => /refund/.test(action))
        .map(([, name]) => name);
      expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
    }
  });
});

describe('what is noted about a webhook', () => {
  it.each([
    ['not a type we act on', 'Event type not handled', 'Jenis peristiwa tidak ditangani'],
    ['completed', 'The payment was completed', 'Pembayaran diselesaikan'],
    [
      'disputed in usd, received in idr',
      'Disputed in USD, received in IDR',
      'Disengketakan dalam USD, diterima dalam IDR',
    ],
    ['an inquiry, and it was lost before', 'Bank inquiry, previously “Lost”', 'Pertanyaan bank, sebelumnya “Kalah”'],
    ['won, and it was lost before', 'Won, previously “Lost”', 'Menang, sebelumnya “Kalah”'],
    [
      '500 usd is more than is left of the charge',
      '$5.00 is more than is left of the charge',
      '$5,00 lebih dari sisa tagihannya',
    ],
  ])('%j has words', (note, en, id) => expect([noteOf(note, 'en'), noteOf(note, 'id')]).toEqual([en, id]));

  it.each(['LockTimeout: made by a test', 'toString', ''])('%j stays as it was written', (note) =>
    expect([noteOf(note, 'en'), noteOf(note, 'id')]).toEqual([note, note]),
  );
});

describe('what a payment is for', () => {
  const said = (change: object) => {
    const payment = { consultation_id: null, product_id: 'monthly-plan', quantity: 1, ...change } as StaffPayment;
    return [whatFor(payment, { consultation: (id) => `Consultation ${id}` }), timesOf(payment)];
  };
  it.each([
    [{ consultation_id: 5, product_id: null }, ['Consultation 5', '']],
    [{ product_name: 'Monthly plan', quantity: 3 }, ['Monthly plan', '× 3']],
    [{}, ['monthly-plan', '']],
  ])('%j: %j', (change, name) => expect(said(change)).toEqual(name));
});
