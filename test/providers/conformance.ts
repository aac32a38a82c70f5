import type { TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import {
  heldAtBarrier,
  putGuardsBack,
  raiseBarrier,
  removeBarrier,
  takeOutIndex,
  takeOutLeases,
  takeOutRowLock,
} from '../support/guards.js';
import { readDocument } from '../support/api-document.js';
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
   * @returns what the transaction is called, for the confirmation
   */
  pay(checkout: { session_id: string } | null): Promise<string>;
  /** What moved at the provider, in minor units; null where nobody but staff moves money. */
  books(): Promise<{ charged: number; refunded: number } | null>;
  /** `down`: it does nothing and gives no answer. `lose`: it does what it is asked, and its answers are lost. */
  faults(faults: 'none' | 'down' | 'lose'): Promise<void>;
  /** Whatever the worker looks at later is due now. */
  timePasses(): Promise<void>;
  close(): Promise<void>;
}

/** What a provider can do. A test of what it cannot do is not run, whatever the provider is called. */
export interface Capabilities {
  readonly hosted: boolean;
  readonly refunds: boolean;
}

const FEE = 5_000;

/** Rows and money of one payment. */
interface Books {
  readonly status: string;
  readonly invoice: string;
  readonly tax: string;
  readonly received: number;
  readonly returned: number;
  readonly refunds: string[];
}

/**
 * What every payment provider must keep, whatever is behind it. A new provider passes all of it before it takes money:
 * docs/contributing/add-a-provider.md.
 */
export function describeProvider(method: string, can: Capabilities, open: () => Promise<ProviderUnderTest>): void {
  describe(`the provider of ${method}`, () => {
    let provider: ProviderUnderTest;
    let patient: Person;
    let staff: Person;
    let keys = 0;
    const key = () => `key-${method}-${(keys += 1)}`;

    beforeAll(async () => {
      provider = await open();
      patient = await createPerson(provider.database);
      staff = await createPerson(provider.database, 'staff');
    }, 60_000);
    afterAll(() => provider.close());
    afterEach(() => provider.faults('none'));

    const post = (path: string, who: Person, body: unknown, under: string, api = 0): Promise<Reply> =>
      ask(provider.apis[api]!.url, `/api/v1/${path}`, {
        method: 'POST',
        token: who.token,
        headers: { 'idempotency-key': under },
        body,
      });
    const consultation = () => createConsultation(provider.database, patient, FEE);
    const create = (consultation_id: number, under = key(), api = 0) =>
      post('payments', patient, { consultation_id, amount: FEE, payment_method: method }, under, api);
    const confirm = (payment_id: number, transaction_id: string, under = key(), api = 0) =>
      post(`payments/${payment_id}/confirm`, can.hosted ? patient : staff, { transaction_id }, under, api);
    const refund = (payment_id: number, amount: number, under = key(), api = 0) =>
      post(
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
      const { body } = await ask(provider.apis[0].url, `/api/v1/payments/${id}/refunds`, { token: staff.token });
      const { awaiting } = body.data.refunds[0];
      const { Refund } = (await readDocument(provider.apis[0].url)).components.schemas;
      expect(Refund.properties.awaiting.anyOf[0].enum).toContain(awaiting);
      return awaiting as string | null;
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
    const untilAnswered = (send: () => Promise<Reply>) =>
      eventually(async () => {
        const reply = await send();
        return reply.headers.has('retry-after') ? undefined : reply;
      }, 'the request is answered');

    describe('creating', () => {
      it('gives 201, one row with invoice and tax record, and says where to pay', async () => {
        const consultation_id = await consultation();
        const reply = await create(consultation_id);
        expect([reply.status, reply.body.data.type]).toEqual([201, 'new']);
        expect(await paymentsOf(consultation_id)).toEqual([reply.body.data.payment_id]);
        const { payment, checkout } = reply.body.data;
        expect(payment).toMatchObject({ payment_method: method, status: 'pending', amount: FEE });
        // On a page, or with a reference that the payer writes: one of the two, never both.
        expect([checkout !== null, payment.payment_reference !== null]).toEqual([can.hosted, !can.hosted]);
      });

      it('the same key is answered with the same bytes; another request names the payment that stands', async () => {
        const consultation_id = await consultation();
        const first = await create(consultation_id, 'twice');
        const again = await create(consultation_id, 'twice', 1);
        expect([again.status, again.text]).toEqual([201, first.text]);
        const other = await create(consultation_id, key(), 1);
        expect([other.status, other.body.code, other.body.data.type]).toEqual([409, 'PAYMENT_EXISTS', 'existing']);
        expect(other.body.data.payment.id).toBe(first.body.data.payment_id);
        expect(other.body.data.checkout).toEqual(first.body.data.checkout);
      });

      it('twenty at once over two APIs make one payment, and all name it', async () => {
        const consultation_id = await consultation();
        const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => create(consultation_id, key(), n % 2)));
        const [id, ...more] = await paymentsOf(consultation_id);
        expect(more).toEqual([]);
        expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
        for (const { status, body } of replies.filter((reply) => reply.status !== 201)) {
          expect([status, body.code, body.data.payment_id]).toEqual([409, 'PAYMENT_EXISTS', id]);
        }
      });

      describe('two at once, both just before the insert', () => {
        beforeAll(() => raiseBarrier(provider.database));
        afterAll(() => removeBarrier(provider.database));
        afterEach(() => putGuardsBack(provider.database));
        const both = (consultation_id: number) =>
          heldAtBarrier(
            provider.database,
            () => Promise.all([create(consultation_id, key(), 0), create(consultation_id, key(), 1)]),
            ({ atBarrier }) => atBarrier === 2,
          );

        it('hazard: without lease, row lock and index there are two payments', async () => {
          await takeOutLeases(provider.database);
          await takeOutRowLock(provider.database);
          await takeOutIndex(provider.database);
          const consultation_id = await consultation();
          expect((await both(consultation_id)).map(({ status }) => status)).toEqual([201, 201]);
          expect(await paymentsOf(consultation_id)).toHaveLength(2);
        });

        it('the index alone lets one through', async () => {
          await takeOutLeases(provider.database);
          await takeOutRowLock(provider.database);
          const consultation_id = await consultation();
          const replies = await both(consultation_id);
          const [id, ...more] = await paymentsOf(consultation_id);
          expect(more).toEqual([]);
          // Where a page is asked for, the other request may find it not answered yet: then it is told to come again.
          const other = replies.find(({ status }) => status !== 201)!;
          if (other.status === 409) expect(other.body.data.payment_id).toBe(id);
          else expect([can.hosted, other.status]).toEqual([true, 503]);
        });
      });
    });

    describe('ending', () => {
      it('cancelled, it is over, its documents are void, and the consultation can be paid again', async () => {
        const consultation_id = await consultation();
        const { payment_id } = (await create(consultation_id)).body.data;
        const reply = await post(`payments/${payment_id}/cancel`, patient, {}, key());
        expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'cancelled']);
        expect(await booksOf(payment_id)).toMatchObject({ invoice: 'void', tax: 'void', received: 0 });
        expect((await create(consultation_id)).status).toBe(201);
      });

      it('confirmed, money, invoice and tax say the same; the key is replayed, another request refused', async () => {
        const { payment_id, checkout } = (await create(await consultation())).body.data;
        const transaction_id = await provider.pay(checkout);
        const first = await confirm(payment_id, transaction_id, 'confirm');
        expect([first.status, first.body.data.amount_due]).toEqual([200, 0]);
        expect(await booksOf(payment_id)).toMatchObject({
          status: 'completed',
          invoice: 'paid',
          tax: 'due',
          received: FEE,
        });
        expect((await confirm(payment_id, transaction_id, 'confirm', 1)).text).toBe(first.text);
        expect((await confirm(payment_id, transaction_id)).body.code).toBe('PAYMENT_ALREADY_CONFIRMED');
        expect(await booksOf(payment_id)).toMatchObject({ received: FEE });
      });

      it('ten confirmations at once book the money once', async () => {
        const { payment_id, checkout } = (await create(await consultation())).body.data;
        const transaction_id = await provider.pay(checkout);
        const replies = await Promise.all(
          Array.from({ length: 10 }, (_, n) => confirm(payment_id, transaction_id, key(), n % 2)),
        );
        expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
        const others = replies.filter(({ status }) => status !== 200).map(({ body }) => body.code);
        expect([...new Set(others)]).toEqual(['PAYMENT_ALREADY_CONFIRMED']);
        expect(await booksOf(payment_id)).toMatchObject({ status: 'completed', received: FEE, returned: 0 });
      });

      it('the story of a payment is complete: every step that changed it is in the audit log, once', async () => {
        const id = await paid();
        await untilAnswered(() => refund(id, FEE, `story-${id}`));
        const steps = (await actionsOf(id)).filter((action) => /^(payment|refund)\./.test(action));
        expect(steps).toEqual(['payment.created', 'payment.completed', 'refund.reserved', 'refund.succeeded']);
        const asked = (await actionsOf(id)).filter((action) => action.startsWith('request.'));
        expect(asked).toEqual(expect.arrayContaining(['request.create', 'request.confirm', 'request.refund']));
      });
    });

    describe('refunding', () => {
      it('pays back once, with a credit note; the key is replayed', async () => {
        const id = await paid();
        const before = await provider.books();
        const reply = await refund(id, 2_000, `part-${id}`);
        expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'succeeded']);
        expect((await refund(id, 2_000, `part-${id}`, 1)).text).toBe(reply.text);
        expect(await booksOf(id)).toMatchObject({
          status: 'partially_refunded',
          invoice: 'partially_refunded',
          tax: 'partially_credited',
          returned: 2_000,
          refunds: ['succeeded 2000'],
        });
        const after = await provider.books();
        if (before && after) expect(after.refunded - before.refunded).toBe(2_000);
      });

      it('ten at once for everything: one succeeds, and no more than arrived goes back', async () => {
        const id = await paid();
        const before = await provider.books();
        const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => refund(id, FEE, key(), n % 2)));
        expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
        const made = (await booksOf(id)).refunds.filter((one) => one.startsWith('succeeded'));
        expect(made).toEqual([`succeeded ${FEE}`]);
        expect(await booksOf(id)).toMatchObject({ status: 'refunded', returned: FEE });
        const after = await provider.books();
        if (before && after) expect(after.refunded - before.refunded).toBe(FEE);
      });

      if (can.refunds) {
        it('whose answer is lost stays reserved, and the same key goes on to one refund', async () => {
          const id = await paid();
          const before = (await provider.books())!;
          await provider.faults('lose');
          const lost = await refund(id, FEE, `lost-${id}`);
          expect([lost.status, lost.body.data.status]).toEqual([503, 'pending']);
          const other = await refund(id, FEE, key());
          expect(other.status).toBe(503);
          expect(await awaitingOf(id)).toBe(method === 'stripe' ? 'stripe_answer' : 'provider_answer');
          await provider.faults('none');
          const reply = await untilAnswered(() => refund(id, FEE, `lost-${id}`, 1));
          expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'succeeded']);
          expect(await booksOf(id)).toMatchObject({ status: 'refunded', refunds: [`succeeded ${FEE}`] });
          expect((await provider.books())!.refunded - before.refunded).toBe(FEE);
        });

        it('whose answer is lost is finished by the worker, once', async () => {
          const id = await paid();
          const before = (await provider.books())!;
          await provider.faults('lose');
          expect((await refund(id, FEE)).status).toBe(503);
          await provider.faults('none');
          await untilSwept('the refund is settled', async () => (await booksOf(id)).status === 'refunded');
          expect((await booksOf(id)).refunds).toEqual([`succeeded ${FEE}`]);
          expect((await provider.books())!.refunded - before.refunded).toBe(FEE);
        });
      }
    });

    if (can.hosted) {
      describe('the page', () => {
        it.each(['down', 'lose'] as const)(
          'the provider fails (%s): 503, nothing is given out, and the same key goes on later to one payment',
          async (fault) => {
            const consultation_id = await consultation();
            await provider.faults(fault);
            const reply = await create(consultation_id, `${fault}-once`);
            expect([reply.status, reply.headers.has('retry-after')]).toEqual([503, true]);
            await provider.faults('none');
            const later = await untilAnswered(() => create(consultation_id, `${fault}-once`, 1));
            expect([later.status, later.body.data.checkout !== null]).toEqual([201, true]);
            expect(await paymentsOf(consultation_id)).toEqual([later.body.data.payment_id]);
          },
        );

        it('whose answer was lost is found by the worker, and can be paid', async () => {
          const consultation_id = await consultation();
          await provider.faults('lose');
          expect((await create(consultation_id)).status).toBe(503);
          await provider.faults('none');
          const [id] = await paymentsOf(consultation_id);
          const found = async () =>
            (await ask(provider.apis[0].url, `/api/v1/payments/${id}`, { token: patient.token })).body.data.checkout;
          await untilSwept('the page is known', async () => (await found()) !== null);
          expect((await confirm(id!, await provider.pay(await found()))).status).toBe(200);
        });

        it('that was paid, and nobody confirmed, completes by the worker', async () => {
          const { payment_id, checkout } = (await create(await consultation())).body.data;
          await provider.pay(checkout);
          await untilSwept('it is complete', async () => (await booksOf(payment_id)).status === 'completed');
          expect(await booksOf(payment_id)).toMatchObject({ invoice: 'paid', received: FEE });
        });

        it('that was paid is not cancelled: whoever paid has paid', async () => {
          const { payment_id, checkout } = (await create(await consultation())).body.data;
          await provider.pay(checkout);
          const reply = await post(`payments/${payment_id}/cancel`, patient, {}, key());
          expect([reply.status, reply.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
          expect(await booksOf(payment_id)).toMatchObject({ status: 'completed', received: FEE });
        });

        it('of a payment that was cancelled cannot be paid any more', async () => {
          const { payment_id, checkout } = (await create(await consultation())).body.data;
          expect((await post(`payments/${payment_id}/cancel`, patient, {}, key())).status).toBe(200);
          await expect(provider.pay(checkout)).rejects.toThrow();
        });
      });
    }
  });
}
