import type { Capabilities, Checkout, ProviderUnderTest } from '../providers/scene.js';
import { eventually } from './eventually.js';
import type { AnswerRecorder } from './recorded-answers.js';
import { createConsultation, createPerson } from './people.js';

const V1 = '/api/v1';

/**
 * Answers about the payments of a provider with a page: without its credentials, when it refuses, and when it does not answer.
 * @param open as for `describeProvider`
 */
export async function recordProvider(
  method: string,
  can: Capabilities,
  open: () => Promise<ProviderUnderTest>,
  recorder: AnswerRecorder,
): Promise<void> {
  const provider = await open();
  const { database } = provider;
  const patient = await createPerson(database);
  const staff = await createPerson(database, 'staff');
  const fee = 5_000;
  const post = async (route: string, ids: readonly number[], body: unknown, by = staff, api = provider.apis[0]) => {
    const left = [...ids];
    const path = `${V1}/${route}`.replaceAll(/:\w+/g, () => String(left.shift()));
    return (await recorder.ask(api.url, `POST ${V1}/${route}`, path, { token: by.token, body, who: method })).body.data;
  };
  const create = async (api = provider.apis[0]) => {
    const consultation_id = await createConsultation(database, patient, fee);
    return post('payments', [], { consultation_id, amount: fee, payment_method: method }, patient, api);
  };
  const confirm = (payment_id: number, transaction_id: string) =>
    post('payments/:id/confirm', [payment_id], { transaction_id }, patient);
  const during = async (faults: 'down' | 'refuse', ...asks: (() => Promise<unknown>)[]) => {
    await provider.faults(faults);
    for (const ask of asks) await ask();
    await provider.faults('none');
  };

  try {
    if (can.credentials) {
      const without = await provider.startWithoutCredentials!();
      await create(without);
      await without.stop();
    }
    await during('refuse', create);
    await during('down', create);
    // What did not answer a moment ago may not be asked again at once.
    const { payment_id, checkout } = await eventually(
      async () => (await create()) as { payment_id: number; checkout: Checkout } | undefined,
      'its page is open',
    );
    await confirm(payment_id, checkout.session_id);
    await during(
      'down',
      () => confirm(payment_id, checkout.session_id),
      () => post('payments/:id/cancel', [payment_id], {}, patient),
    );
    const transaction_id = await provider.pay(checkout);
    await eventually(async () => (await confirm(payment_id, transaction_id))?.payment !== undefined, 'it is paid');
    if (can.refunds) {
      await during('down', async () => {
        const refund_id = await eventually(async () => {
          const data = await post('payments/:id/refund', [payment_id], { amount: 1, reason: 'unanswered' });
          return (data as { refund_id?: number } | undefined)?.refund_id;
        }, 'it is reserved');
        await post('payments/:id/refunds/:refund_id/withdraw', [payment_id, refund_id], {});
      });
    }
  } finally {
    await provider.close();
  }
}
