import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { creditorReference, parsePaymentReference } from '../../libs/payments/src/ledger/payment-reference.js';
import { ask } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { insertPayment } from '../support/rows.js';
import { stripeEnv } from '../support/simulator.js';
import { useStack } from '../support/use-stack.js';

const BANK = { bank: 'Bank Contoh', holder: 'Demo Clinic', account: '000 123 456' };
const CONFIGURED = {
  BANK_TRANSFER_BANK: BANK.bank,
  BANK_TRANSFER_HOLDER: BANK.holder,
  BANK_TRANSFER_ACCOUNT: BANK.account,
  BANK_TRANSFER_NOTE_EN: 'From another bank it takes a day.',
  BANK_TRANSFER_NOTE_ID: 'Dari bank lain perlu sehari.',
  GCASH_HOLDER: 'Demo Clinic',
  GCASH_ACCOUNT: '0900 000 0000',
  GCASH_NOTE_EN: 'Send as Express Send.',
};
const GCASH = { bank: null, holder: 'Demo Clinic', account: '0900 000 0000', note: 'Send as Express Send.' };

/** The letters that its `ref` gives a payment, by the words of the documentation. */
const lettersOf = (ref: string) =>
  [...ref.slice(0, 3)].map((digit) => 'CDFHJKLMNPRTVWXY'[parseInt(digit, 16)]).join('');

describe('payment instructions', () => {
  const stack = useStack({ simulator: true, settings: CONFIGURED });
  let bare: Program;

  beforeAll(async () => {
    bare = await startApi({ DATABASE_URL: stack.database.url, ...stripeEnv(stack.simulator) });
    stack.atEnd(() => bare.stop());
  });

  const language = (accept?: string) => (accept ? { headers: { 'accept-language': accept } } : {});
  const create = async (payment_method: string, { on = stack.api, accept = '', key = '', consultation_id = 0 } = {}) =>
    ask<Schemas['NewPayment']>(on.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { ...language(accept).headers, ...(key ? { 'idempotency-key': key } : {}) },
      body: {
        consultation_id: consultation_id || (await createConsultation(stack.database, stack.patient)),
        amount: 5_000,
        payment_method,
      },
    });
  const get = (id: number, accept?: string, { on = stack.api, token = stack.patient.token } = {}) =>
    ask<Schemas['WholePayment']>(on.url, `/api/v1/payments/${id}`, { token, ...language(accept) });
  const refOf = async (id: number) =>
    (await stack.database.query<{ ref: string }>('SELECT ref FROM payments WHERE id = $1', [id]))[0]!.ref;

  it.each([
    ['bank_transfer', '', { ...BANK, note: CONFIGURED.BANK_TRANSFER_NOTE_EN }],
    ['bank_transfer', 'id', { ...BANK, note: CONFIGURED.BANK_TRANSFER_NOTE_ID }],
    ['bank_transfer', 'fr, id;q=0.5', { ...BANK, note: CONFIGURED.BANK_TRANSFER_NOTE_ID }],
    ['gcash', 'en', GCASH],
    // There is none in Indonesian.
    ['gcash', 'id', GCASH],
  ])(
    '%s, in language "%s": bank, holder, account and note, for a new and an existing payment',
    async (method, accept, instructions) => {
      const made = await create(method, { accept });
      expect(made).toMatchObject({ status: 201, body: { data: { checkout: null, instructions } } });
      const { payment } = made.body.data;
      const { body } = await get(payment.id, accept);
      expect(body.data).toMatchObject({ instructions, payment: { payment_reference: payment.payment_reference } });
      expect((await get(payment.id, accept, { token: stack.staff.token })).body.data.instructions).toEqual(
        instructions,
      );
    },
  );

  it('the payment reference is derived from id and ref; ref itself is not shown', async () => {
    const { payment } = (await create('gcash')).body.data;
    const ref = await refOf(payment.id);
    expect(payment.payment_reference).toBe(creditorReference(`${payment.id}${lettersOf(ref)}`));
    expect(parsePaymentReference(payment.payment_reference!)).toEqual({
      payment_id: payment.id,
      letters: lettersOf(ref),
    });
    expect(JSON.stringify((await get(payment.id)).body)).not.toContain(ref);
  });

  it('Postgres and the parser agree on the format of references, whatever id and ref', async () => {
    const made = [];
    for (const id of [99_999, 100_000, 999_999, 1_000_000, Number.MAX_SAFE_INTEGER])
      made.push(
        await insertPayment(stack.database, {
          id,
          user_id: stack.patient.id,
          consultation_id: await createConsultation(stack.database, stack.patient),
        }),
      );
    for (let n = 0; n < 30; n++)
      made.push(
        await insertPayment(stack.database, {
          user_id: stack.patient.id,
          consultation_id: await createConsultation(stack.database, stack.patient),
          payment_method: 'gcash',
        }),
      );
    for (const payment_id of made) {
      const { payment_reference } = (await get(payment_id)).body.data.payment;
      expect(parsePaymentReference(payment_reference!)).toEqual({
        payment_id,
        letters: lettersOf(await refOf(payment_id)),
      });
    }
  });

  it('Stripe payments have a hosted page: no reference, no instructions', async () => {
    const made = await create('stripe');
    expect(made.body).toMatchObject({ status_code: 201 });
    const { data } = made.body;
    expect(data).toMatchObject({ instructions: null, payment: { payment_reference: null } });
    expect(data.checkout!.url).toMatch(/^http/);
    expect((await get(data.payment_id)).body.data).toMatchObject({
      instructions: null,
      payment: { payment_reference: null },
    });
  });

  it('without a configured account: no instructions, but a reference', async () => {
    for (const method of ['gcash', 'bank_transfer']) {
      const { data } = (await create(method, { on: bare })).body;
      expect(data).toMatchObject({ instructions: null, payment: { payment_reference: expect.stringMatching(/^RF/) } });
      expect((await get(data.payment_id, 'id', { on: bare })).body.data.instructions).toBeNull();
    }
  });

  it('instructions only while the payment is pending; the reference stays', async () => {
    const { payment } = (await create('bank_transfer')).body.data;
    const body = { transaction_id: 'where-to-pay-1' };
    const confirmed = await ask(stack.api.url, `/api/v1/payments/${payment.id}/confirm`, {
      token: stack.staff.token,
      body,
    });
    expect(confirmed).toMatchObject({
      status: 200,
      body: { data: { payment: { payment_reference: payment.payment_reference } } },
    });
    expect((await get(payment.id)).body.data).toMatchObject({
      instructions: null,
      payment: { status: 'completed', payment_reference: payment.payment_reference },
    });
  });

  it('a replay returns the first answer byte for byte, whatever language is requested', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const first = await create('bank_transfer', { key: 'where-1', accept: 'id', consultation_id });
    const again = await create('bank_transfer', { key: 'where-1', accept: 'en', consultation_id });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.text).toBe(first.text);
    expect(first.body.data.instructions!.note).toBe(CONFIGURED.BANK_TRANSFER_NOTE_ID);
  });

  it('an existing payment and lists include the reference', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const { payment_reference } = (await create('gcash', { consultation_id })).body.data.payment;
    expect(await create('gcash', { consultation_id })).toMatchObject({
      status: 409,
      body: { data: { type: 'existing', payment: { payment_reference } } },
    });
    const list = await ask<Schemas['PageOfPayments']>(stack.api.url, '/api/v1/payments?limit=1', {
      token: stack.patient.token,
    });
    expect(list.body.data.payments[0]!.payment_reference).toEqual(expect.stringMatching(/^RF\d\d\d+[A-Z]{3}$/));
  });
});
