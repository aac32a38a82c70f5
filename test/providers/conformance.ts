import type { Schemas } from '../../libs/payment-client/src/wire.js';
import {
  heldAtBarrier,
  putGuardsBack,
  raiseBarrier,
  removeBarrier,
  takeOutIndex,
  takeOutLeases,
  takeOutRowLock,
} from '../support/guards.js';
import { ask } from '../support/http.js';
import { type Capabilities, createScene, FEE, type ProviderUnderTest } from './scene.js';
import { describeUnusualMoney } from './unusual-money.js';
import { describeRefusals } from './refusals.js';

/**
 * What every payment provider must keep, whatever is behind it. A new provider passes all of it before it takes money:
 * docs/contributing/add-a-provider.md.
 */
export function describeProvider(method: string, can: Capabilities, open: () => Promise<ProviderUnderTest>): void {
  describe(`the provider of ${method}`, () => {
    const scene = createScene(method, can);
    const { key, post, consultation, create, confirm, refund, paymentsOf, booksOf, paid, awaitingOf, actionsOf } =
      scene;
    const { untilSwept, untilAnswered } = scene;

    beforeAll(() => scene.open(open()), 60_000);
    afterAll(() => scene.provider.close());
    afterEach(() => scene.provider.faults('none'));

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
        beforeAll(() => raiseBarrier(scene.provider.database));
        afterAll(() => removeBarrier(scene.provider.database));
        afterEach(() => putGuardsBack(scene.provider.database));
        const both = (consultation_id: number) =>
          heldAtBarrier(
            scene.provider.database,
            () => Promise.all([create(consultation_id, key(), 0), create(consultation_id, key(), 1)]),
            ({ atBarrier }) => atBarrier === 2,
          );

        it('hazard: without lease, row lock and index there are two payments', async () => {
          await takeOutLeases(scene.provider.database);
          await takeOutRowLock(scene.provider.database);
          await takeOutIndex(scene.provider.database);
          const consultation_id = await consultation();
          expect((await both(consultation_id)).map(({ status }) => status)).toEqual([201, 201]);
          expect(await paymentsOf(consultation_id)).toHaveLength(2);
        });

        it('the index alone lets one through', async () => {
          await takeOutLeases(scene.provider.database);
          await takeOutRowLock(scene.provider.database);
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
        const reply = await post<Schemas['CancelledPayment']>(
          `payments/${payment_id}/cancel`,
          scene.patient,
          {},
          key(),
        );
        expect([reply.status, reply.body.data.payment.status]).toEqual([200, 'cancelled']);
        expect(await booksOf(payment_id)).toMatchObject({ invoice: 'void', tax: 'void', received: 0 });
        expect((await create(consultation_id)).status).toBe(201);
      });

      it('confirmed, money, invoice and tax say the same; the key is replayed, another request refused', async () => {
        const { payment_id, checkout } = (await create(await consultation())).body.data;
        const transaction_id = await scene.provider.pay(checkout);
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
        const transaction_id = await scene.provider.pay(checkout);
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
        const before = await scene.provider.books();
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
        const after = await scene.provider.books();
        if (before && after) expect(after.refunded - before.refunded).toBe(2_000);
      });

      it('ten at once for everything: one succeeds, and no more than arrived goes back', async () => {
        const id = await paid();
        const before = await scene.provider.books();
        const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => refund(id, FEE, key(), n % 2)));
        expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
        const made = (await booksOf(id)).refunds.filter((one) => one.startsWith('succeeded'));
        expect(made).toEqual([`succeeded ${FEE}`]);
        expect(await booksOf(id)).toMatchObject({ status: 'refunded', returned: FEE });
        const after = await scene.provider.books();
        if (before && after) expect(after.refunded - before.refunded).toBe(FEE);
      });

      if (can.refunds) {
        it('whose answer is lost stays reserved, and the same key goes on to one refund', async () => {
          const id = await paid();
          const before = (await scene.provider.books())!;
          await scene.provider.faults('lose');
          const lost = await refund<Schemas['STRIPE_UNAVAILABLE']['data']>(id, FEE, `lost-${id}`);
          expect([lost.status, lost.body.data!.status]).toEqual([503, 'pending']);
          const other = await refund(id, FEE, key());
          expect(other.status).toBe(503);
          expect(await awaitingOf(id)).toBe(method === 'stripe' ? 'stripe_answer' : 'provider_answer');
          await scene.provider.faults('none');
          const reply = await untilAnswered(() => refund(id, FEE, `lost-${id}`, 1));
          expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'succeeded']);
          expect(await booksOf(id)).toMatchObject({ status: 'refunded', refunds: [`succeeded ${FEE}`] });
          expect((await scene.provider.books())!.refunded - before.refunded).toBe(FEE);
        });

        it('whose answer is lost is finished by the worker, once', async () => {
          const id = await paid();
          const before = (await scene.provider.books())!;
          await scene.provider.faults('lose');
          expect((await refund(id, FEE)).status).toBe(503);
          await scene.provider.faults('none');
          await untilSwept('the refund is settled', async () => (await booksOf(id)).status === 'refunded');
          expect((await booksOf(id)).refunds).toEqual([`succeeded ${FEE}`]);
          expect((await scene.provider.books())!.refunded - before.refunded).toBe(FEE);
        });
      }
    });

    if (can.hosted) {
      describe('the page', () => {
        it.each(['down', 'lose'] as const)(
          'the provider fails (%s): 503, nothing is given out, and the same key goes on later to one payment',
          async (fault) => {
            const consultation_id = await consultation();
            await scene.provider.faults(fault);
            const reply = await create(consultation_id, `${fault}-once`);
            expect([reply.status, reply.headers.has('retry-after')]).toEqual([503, true]);
            await scene.provider.faults('none');
            const later = await untilAnswered(() => create(consultation_id, `${fault}-once`, 1));
            expect([later.status, later.body.data.checkout !== null]).toEqual([201, true]);
            expect(await paymentsOf(consultation_id)).toEqual([later.body.data.payment_id]);
          },
        );

        it('whose answer was lost is found by the worker, and can be paid', async () => {
          const consultation_id = await consultation();
          await scene.provider.faults('lose');
          expect((await create(consultation_id)).status).toBe(503);
          await scene.provider.faults('none');
          const [id] = await paymentsOf(consultation_id);
          const found = async () =>
            (
              await ask<Schemas['WholePayment']>(scene.provider.apis[0].url, `/api/v1/payments/${id}`, {
                token: scene.patient.token,
              })
            ).body.data.checkout;
          await untilSwept('the page is known', async () => (await found()) !== null);
          expect((await confirm(id!, await scene.provider.pay(await found()))).status).toBe(200);
        });

        it.each(['success_url', 'checkout'] as const)(
          'a payer who comes back confirms with the session_id of the %s, once it is paid',
          async (source) => {
            const { payment_id, checkout } = (await create(await consultation())).body.data;
            const { success_url } = (await scene.provider.shown(checkout))!;
            const returned = new URL(success_url).searchParams.get('session_id')!;
            const session_id = { success_url: returned, checkout: checkout!.session_id }[source];
            const early = await confirm(payment_id, session_id);
            expect([early.status, early.body.code]).toEqual([402, 'TRANSACTION_NOT_PAID']);
            await scene.provider.pay(checkout);
            const reply = await confirm(payment_id, session_id);
            expect([reply.status, reply.body.data.payment?.status]).toEqual([200, 'completed']);
            expect(await booksOf(payment_id)).toMatchObject({ invoice: 'paid', received: FEE });
          },
        );

        it('that was paid, and nobody confirmed, completes by the worker', async () => {
          const { payment_id, checkout } = (await create(await consultation())).body.data;
          await scene.provider.pay(checkout);
          await untilSwept('it is complete', async () => (await booksOf(payment_id)).status === 'completed');
          expect(await booksOf(payment_id)).toMatchObject({ invoice: 'paid', received: FEE });
        });

        it('that was paid is not cancelled: whoever paid has paid', async () => {
          const { payment_id, checkout } = (await create(await consultation())).body.data;
          await scene.provider.pay(checkout);
          const reply = await post(`payments/${payment_id}/cancel`, scene.patient, {}, key());
          expect([reply.status, reply.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
          expect(await booksOf(payment_id)).toMatchObject({ status: 'completed', received: FEE });
        });

        it('of a payment that was cancelled cannot be paid any more', async () => {
          const { payment_id, checkout } = (await create(await consultation())).body.data;
          expect((await post(`payments/${payment_id}/cancel`, scene.patient, {}, key())).status).toBe(200);
          await expect(scene.provider.pay(checkout)).rejects.toThrow();
        });
      });
    }

    describeRefusals(scene);
    describeUnusualMoney(scene);
  });
}
