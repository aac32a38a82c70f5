import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { TestDatabase } from '../support/database.js';
import { readDocument } from '../support/api-document.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import type { Program } from '../support/processes.js';

/** What runs for one provider: two APIs on one database, and the provider itself or what stands for it. */
export interface ProviderUnderTest {
  readonly database: TestDatabase;
  readonly apis: readonly [Program, Program];
  startWorker(): Promise<Program>;
  /**
   * The payer pays. @param checkout of the payment; null where there is no page
   * @param amount another than the page asks for, in minor units; only where `paysAnyAmount`
   * @returns what the transaction is called, for the confirmation
   */
  pay(checkout: Checkout | null, amount?: number): Promise<string>;
  /** What the page shows; null where there is none. */
  shown(checkout: Checkout | null): Promise<Shown | null>;
  /** An API without the provider's credentials, on the same database; only where `credentials`. */
  startWithoutCredentials?(): Promise<Program>;
  /** What moved at the provider, in minor units; null where nobody but staff moves money. */
  books(): Promise<{ charged: number; refunded: number } | null>;
  /**
   * `down`: it does nothing and gives no answer. `lose`: it does what it is asked, and its answers are lost.
   * `refuse`: it refuses new pages for good.
   */
  faults(faults: 'none' | 'down' | 'lose' | 'refuse'): Promise<void>;
  /** Whatever the worker looks at later is due now. */
  timePasses(): Promise<void>;
  close(): Promise<void>;
}

/** What a provider can do. A test of what it cannot do is not run, whatever the provider is called. */
export interface Capabilities {
  readonly hosted: boolean;
  readonly refunds: boolean;
  /** Its page takes another amount than it asks for. */
  readonly paysAnyAmount?: boolean;
  /** It needs credentials, without which no payment can start. */
  readonly credentials?: boolean;
  /** An amount, in minor units, that it never takes. */
  readonly refusedAmount?: { readonly amount: number; readonly currency: string };
}

export interface Checkout {
  readonly session_id: string;
}

/** What a page says of the order, and where it sends the payer back to. */
export interface Shown {
  readonly name: string;
  readonly success_url: string;
  readonly cancel_url: string;
}

export const FEE = 5_000;

/** Rows and money of one payment. */
export interface Books {
  readonly status: string;
  readonly invoice: string;
  readonly tax: string;
  readonly received: number;
  readonly returned: number;
  readonly refunds: string[];
}

/** A provider, the people who use it, and what they do. */
export type ProviderScene = ReturnType<typeof createScene>;

export function createScene(method: string, can: Capabilities) {
  let provider: ProviderUnderTest;
  let patient: Person;
  let staff: Person;
  let keys = 0;
  const key = () => `key-${method}-${(keys += 1)}`;

  const post = <Data>(path: string, who: Person, body: unknown, under: string, api = 0): Promise<Reply<Data>> =>
    ask<Data>(provider.apis[api]!.url, `/api/v1/${path}`, {
      method: 'POST',
      token: who.token,
      headers: { 'idempotency-key': under },
      body,
    });
  const consultation = () => createConsultation(provider.database, patient, FEE);
  const create = <Data = Schemas['NewPayment']>(consultation_id: number, under = key(), api = 0) =>
    post<Data>('payments', patient, { consultation_id, amount: FEE, payment_method: method }, under, api);
  const confirm = (payment_id: number, transaction_id: string, under = key(), api = 0) =>
    post<Schemas['ConfirmedPayment']>(
      `payments/${payment_id}/confirm`,
      can.hosted ? patient : staff,
      { transaction_id },
      under,
      api,
    );
  const refund = <Data = Schemas['RefundedPayment']>(payment_id: number, amount: number, under = key(), api = 0) =>
    post<Data>(
      `payments/${payment_id}/refund`,
      staff,
      // Staff name the transaction by which they paid back; a provider names its own.
      { amount, reason: 'not needed', ...(can.refunds ? {} : { transaction_id: `back-${under}` }) },
      under,
      api,
    );
  const paymentsOf = async (consultation_id: number) =>
    (
      await provider.database.query<{ id: string }>('SELECT id FROM payments WHERE consultation_id = $1', [
        consultation_id,
      ])
    ).map(({ id }) => Number(id));
  const booksOf = async (id: number): Promise<Books> =>
    (
      await provider.database.query<Books>(
        `SELECT p.status, i.status AS invoice, t.status AS tax,
                  coalesce(sum(c.amount_received) FILTER (WHERE c.disposition = 'accepted'), 0)::int AS received,
                  coalesce(sum(c.amount_returned), 0)::int AS returned,
                  ARRAY(SELECT r.status || ' ' || r.amount FROM refunds r WHERE r.payment_id = p.id ORDER BY r.id) AS refunds
           FROM payments p JOIN invoices i ON i.payment_id = p.id JOIN tax_records t ON t.payment_id = p.id
           LEFT JOIN charges c ON c.payment_id = p.id WHERE p.id = $1 GROUP BY p.id, i.status, t.status`,
        [id],
      )
    )[0]!;
  const paid = async (): Promise<number> => {
    const { payment_id, checkout } = (await create(await consultation())).body.data;
    const reply = await confirm(payment_id, await provider.pay(checkout));
    expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'completed']);
    return payment_id;
  };
  /** What the newest refund waits for: a value that a client can know from the API's description. */
  const awaitingOf = async (id: number): Promise<string | null> => {
    const { body } = await ask<Schemas['PageOfRefunds']>(provider.apis[0].url, `/api/v1/payments/${id}/refunds`, {
      token: staff.token,
    });
    const { awaiting } = body.data.refunds[0]!;
    const { Refund } = (await readDocument(provider.apis[0].url)).components.schemas;
    expect(Refund.properties.awaiting.anyOf[0].enum).toContain(awaiting);
    return awaiting;
  };
  const actionsOf = async (id: number) =>
    (
      await provider.database.query<{ action: string }>(
        'SELECT action FROM audit_log WHERE payment_id = $1 ORDER BY id',
        [id],
      )
    ).map(({ action }) => action);
  const untilSwept = async (what: string, isSo: () => Promise<boolean>) => {
    const worker = await provider.startWorker();
    try {
      await eventually(async () => {
        await provider.timePasses();
        return isSo();
      }, what);
    } finally {
      await worker.stop();
    }
  };
  /** As a client does: the same request under the same key for as long as it is told that it may. */
  const untilAnswered = <Data>(send: () => Promise<Reply<Data>>) =>
    eventually(async () => {
      const reply = await send();
      return reply.headers.has('retry-after') ? undefined : reply;
    }, 'the request is answered');

  return {
    method,
    can,
    get provider() {
      return provider;
    },
    get patient() {
      return patient;
    },
    get staff() {
      return staff;
    },
    async open(opening: Promise<ProviderUnderTest>): Promise<void> {
      provider = await opening;
      patient = await createPerson(provider.database);
      staff = await createPerson(provider.database, 'staff');
    },
    key,
    post,
    consultation,
    create,
    confirm,
    refund,
    paymentsOf,
    booksOf,
    paid,
    awaitingOf,
    actionsOf,
    untilSwept,
    untilAnswered,
  };
}
