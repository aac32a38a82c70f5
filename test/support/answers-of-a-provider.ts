import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { Capabilities, ProviderUnderTest } from '../providers/scene.js';
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
  const post = async <Data>(
    route: string,
    ids: readonly number[],
    body: unknown,
    by = staff,
    api = provider.apis[0],
  ) => {
    const left = [...ids];
    const path = `${V1}/${route}`.replaceAll(/:\w+/g, () => String(left.shift()));
    const how = { token: by.token, body, who: method };
    return (await recorder.ask<Data | undefined>(api.url, `POST ${V1}/${route}`, path, how)).body.data;
  };
  const create = async (api = provider.apis[0]) => {
    const consultation_id = await createConsultation(database, patient, fee);
    return post<Schemas['NewPayment']>(
      'payments',
      [],
      { consultation_id, amount: fee, payment_method: method },
      patient,
      api,
    );
  };
  const confirm = (payment_id: number, transaction_id: string) =>
    post<Schemas['ConfirmedPayment'] | Schemas['TRANSACTION_NOT_PAID']['data']>(
      'payments/:id/confirm',
      [payment_id],
      { transaction_id },
      patient,
    );
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
    const { payment_id, checkout } = await eventually(() => create(), 'its page is open');
    await confirm(payment_id, checkout!.session_id);
    await during(
      'down',
      () => confirm(payment_id, checkout!.session_id),
      () => post('payments/:id/cancel', [payment_id], {}, patient),
    );
    const transaction_id = await provider.pay(checkout);
    await eventually(async () => {
      const data = await confirm(payment_id, transaction_id);
      return data !== undefined && 'payment' in data;
    }, 'it is paid');
    if (can.refunds) {
      await during('down', async () => {
        const refund_id = await eventually(async () => {
          const body = { amount: 1, reason: 'unanswered' };
          return (await post<{ refund_id: number }>('payments/:id/refund', [payment_id], body))?.refund_id;
        }, 'it is reserved');
        await post('payments/:id/refunds/:refund_id/withdraw', [payment_id, refund_id], {});
      });
    }
  } finally {
    await provider.close();
  }
}
