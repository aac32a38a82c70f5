import type { StripePayment } from '../../support/answers.js';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.js';
import { ask, type Reply } from '../../support/http.js';
import { holdToken, type Patient, type PayStack } from './pay-stack.js';

/** A screen of the console, opened with this token. */
export async function openConsole(
  context: BrowserContext,
  stack: Pick<PayStack, 'url'>,
  token: string,
  path = '',
): Promise<Page> {
  const page = await context.newPage();
  await holdToken(page, stack, token);
  await page.goto(`${stack.url}/console${path}`);
  return page;
}

/** What is shown is shown as it happens, from here on. */
export const untilLive = (page: Page) => page.getByText('Live', { exact: true }).waitFor();

export function create<Data = StripePayment>(
  stack: PayStack,
  patient: Patient,
  key?: string,
  payment_method = 'stripe',
): Promise<Reply<Data>> {
  return ask<Data>(stack.url, '/api/v1/payments', {
    token: patient.token,
    body: { consultation_id: patient.consultation_id, amount: 5_000, payment_method },
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
}

/** The person pays on Stripe's page. */
export const payAtStripe = (stack: PayStack, session_id: string) =>
  stack.simulator.sim<{ payment_intent: string }>(`sessions/${session_id}/pay`, { outcome: 'paid' });

/** Stripe can reach the API, or cannot. */
export const letStripeTell = (stack: PayStack, tells: boolean) =>
  stack.simulator.sim('endpoints', { urls: tells ? [`${stack.url}/api/v1/webhooks/stripe`] : [] });

/** A payment of this patient that was paid and is completed here. */
export async function paid(stack: PayStack, patient: Patient): Promise<number> {
  const { payment_id, checkout } = (await create(stack, patient)).body.data;
  await payAtStripe(stack, checkout.session_id);
  await eventually(async () => {
    const [row] = await stack.database.query<{ status: string }>('SELECT status FROM payments WHERE id = $1', [
      payment_id,
    ]);
    return row!.status === 'completed';
  }, 'the payment is completed');
  return Number(payment_id);
}

/** An event that Stripe has and we gave up: in our inbox, dead. @returns the inbox's id */
export async function deadEvent(stack: PayStack, session_id: string): Promise<number> {
  const news = await eventually(async () => {
    const { data } = await stack.simulator.stripe().events.list({ type: 'checkout.session.completed' });
    return data.find(({ data: { object } }) => (object as { id?: string }).id === session_id);
  }, 'Stripe has an event');
  const [row] = await stack.database.query<{ id: string }>(
    `INSERT INTO webhook_events (event_id, type, livemode, payload, source, status, tries, note, settled_at)
     VALUES ($1, $2, false, $3, 'webhook', 'dead', 12, 'LockTimeout: made by a test', now()) RETURNING id`,
    [news.id, news.type, JSON.stringify(news)],
  );
  return Number(row!.id);
}

/** What was given back: by Stripe's ledger, and by our rows. */
export async function givenBack(stack: PayStack, payment_id: number): Promise<{ stripe: number[]; ours: string[] }> {
  const { refunds } = await stack.simulator.ledger();
  const rows = await stack.database.query<{ told: string }>(
    `SELECT status || ' ' || amount AS told FROM refunds WHERE payment_id = $1 ORDER BY id`,
    [payment_id],
  );
  return {
    stripe: refunds.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount),
    ours: rows.map(({ told }) => told),
  };
}

/** Pays at Stripe while its webhooks are lost. @returns the payment and its intent */
export async function paidUnheard(
  stack: PayStack,
  patient: Patient,
  key?: string,
): Promise<{ payment_id: number; payment_intent: string; session_id: string }> {
  await letStripeTell(stack, false);
  const { payment_id, checkout } = (await create(stack, patient, key)).body.data;
  const { payment_intent } = await payAtStripe(stack, checkout.session_id);
  return { payment_id, payment_intent, session_id: checkout.session_id };
}

/** Money with a wrong amount in its event, as an earlier version quarantined it. @returns the charge's id */
export async function quarantined(
  stack: PayStack,
  of: { payment_id: number; payment_intent: string },
  amount = 4_400,
  currency = 'idr',
): Promise<number> {
  const [row] = await stack.database.query<{ id: number }>(
    `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
     VALUES ('stripe', $1, $2, $3, $4, 'quarantined') RETURNING id::int AS id`,
    [of.payment_intent, of.payment_id, amount, currency],
  );
  return row!.id;
}

/** As the worker does to a payment not paid in time. */
export const expire = (stack: PayStack, payment_id: number) =>
  stack.database.query(
    `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1),
          t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
     UPDATE payments SET status = 'expired' WHERE id = $1`,
    [payment_id],
  );

/** One payment's money, by two counts that do not know of each other. */
export async function counted(
  stack: PayStack,
  { payment_id, payment_intent }: { payment_id: number; payment_intent: string },
): Promise<{
  payment: string;
  charges: string[];
  refunds: string[];
  stripe: { charged: number[]; refunded: string[] };
}> {
  const [payment] = await stack.database.query<{ status: string; refunded: string }>(
    'SELECT status, refunded_amount AS refunded FROM payments WHERE id = $1',
    [payment_id],
  );
  const charges = await stack.database.query<{ row: string }>(
    `SELECT disposition || ' ' || amount_received || ' ' || currency || ' ' || amount_returned AS row
     FROM charges WHERE payment_id = $1 ORDER BY id`,
    [payment_id],
  );
  const refunds = await stack.database.query<{ row: string }>(
    `SELECT status || ' ' || amount AS row FROM refunds WHERE payment_id = $1 ORDER BY id`,
    [payment_id],
  );
  interface Moved {
    readonly payment_intent: string;
    readonly status: string;
    readonly amount: number;
  }
  const ledger = await stack.simulator.ledger();
  const mine = (rows: Moved[]) => rows.filter((row) => row.payment_intent === payment_intent);
  return {
    payment: `${payment!.status} ${payment!.refunded}`,
    charges: charges.map(({ row }) => row),
    refunds: refunds.map(({ row }) => row),
    stripe: {
      charged: mine(ledger.charges).flatMap(({ status, amount }) => (status === 'succeeded' ? [amount] : [])),
      refunded: mine(ledger.refunds).map(({ status, amount }) => `${status} ${amount}`),
    },
  };
}
