import { ask } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { FEE, type ProviderScene } from './scene.js';

/** What a provider refuses before a row exists, or for good, and what it asks for when it does not. */
export function describeRefusals(scene: ProviderScene): void {
  const { method, can, key, post, consultation, create, paymentsOf, booksOf } = scene;

  describe('asking and refusing', () => {
    if (can.hosted) {
      it('the order reaches the page: its name, and where the payer goes back to', async () => {
        const consultation_id = await consultation();
        const { payment_id, checkout } = (await create(consultation_id)).body.data;
        const shown = (await scene.provider.shown(checkout))!;
        expect(shown.name).toContain(String(consultation_id));
        for (const url of [shown.success_url, shown.cancel_url]) {
          expect(new URL(url).searchParams.get('payment')).toBe(String(payment_id));
        }
      });

      it('refused for good: 502, the payment has failed, and the consultation can be paid again', async () => {
        const consultation_id = await consultation();
        await scene.provider.faults('refuse');
        const reply = await create(consultation_id);
        expect([reply.status, reply.body.code]).toEqual([502, expect.stringMatching(/_REFUSED$/)]);
        const [id] = await paymentsOf(consultation_id);
        expect(await booksOf(id!)).toMatchObject({ status: 'failed', invoice: 'void', tax: 'void', received: 0 });
        await scene.provider.faults('none');
        expect((await create(consultation_id)).status).toBe(201);
      });
    }

    if (can.refusedAmount) {
      const { amount, currency } = can.refusedAmount;
      it('an amount that it never takes is 422, and nothing is written', async () => {
        const consultation_id = await createConsultation(scene.provider.database, scene.patient, amount, currency);
        const body = { consultation_id, amount, currency, payment_method: method };
        const reply = await post('payments', scene.patient, body, key());
        expect([reply.status, reply.body.code]).toEqual([422, 'AMOUNT_OUT_OF_RANGE']);
        expect(await paymentsOf(consultation_id)).toEqual([]);
      });
    }

    if (can.credentials) {
      it('without its credentials a new payment is 422, and nothing is written', async () => {
        const api = await scene.provider.startWithoutCredentials!();
        try {
          const consultation_id = await consultation();
          const reply = await ask(api.url, '/api/v1/payments', {
            method: 'POST',
            token: scene.patient.token,
            headers: { 'idempotency-key': key() },
            body: { consultation_id, amount: FEE, payment_method: method },
          });
          expect([reply.status, reply.body.code]).toEqual([422, expect.stringMatching(/_NOT_CONFIGURED$/)]);
          expect(await paymentsOf(consultation_id)).toEqual([]);
        } finally {
          await api.stop();
        }
      });
    }
  });
}
