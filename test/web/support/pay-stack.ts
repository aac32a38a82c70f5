import { once } from 'node:events';
import net from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { createConsultation, createPerson, type Person } from '../../support/people.js';
import { loadDemoData } from '../../support/demo-data.js';
import { type Program, startApi } from '../../support/processes.js';
import { startSimulator, stripeEnv, type TestSimulator } from '../../support/simulator.js';

/** API, Postgres and the simulator's page. No webhook reaches the API: the pages must not need one. */
export interface PayStack {
  readonly database: TestDatabase;
  readonly simulator: TestSimulator;
  readonly url: string;
  /** KILL, as a crash or a lost machine is. */
  kill(): Promise<void>;
  /** Again on the same port. */
  restart(): Promise<void>;
  /** A patient with one consultation of 5000, and no payment in the simulator. */
  patient(): Promise<Patient>;
  /** All that has happened to money, by two counts that do not know of each other. */
  money(consultation_id: number): Promise<Money>;
  stop(): Promise<void>;
}

export interface Patient extends Person {
  readonly consultation_id: number;
}

export interface Money {
  /** By Stripe's ledger: what was really taken, and how many sessions were made. */
  readonly charged: number[];
  readonly sessions: number;
  /** By our rows. */
  readonly payments: string[];
  readonly received: number[];
  readonly invoices: string[];
}

export const CHARGED_ONCE: Money = {
  charged: [5_000],
  sessions: 1,
  payments: ['completed'],
  received: [5_000],
  invoices: ['paid'],
};

export async function startPayStack(env: NodeJS.ProcessEnv = {}): Promise<PayStack> {
  const database = await createDatabase();
  await loadDemoData(database);
  const simulator = await startSimulator();
  const port = await freePort();
  const boot = () =>
    startApi({
      DATABASE_URL: database.url,
      PORT: String(port),
      LOGIN_ENABLED: 'true',
      // A dead owner's claim is taken over soon, so that a killed server does not delay others for long.
      IDEMPOTENCY_LEASE_MS: '1000',
      ...stripeEnv(simulator),
      ...env,
    });
  let api: Program = await boot();

  return {
    database,
    simulator,
    url: `http://127.0.0.1:${port}`,
    async kill() {
      const ended = once(api.child, 'exit');
      api.child.kill('SIGKILL');
      await ended;
    },
    async restart() {
      api = await boot();
    },
    async patient() {
      await simulator.sim('reset', {});
      const person = await createPerson(database);
      return { ...person, consultation_id: await createConsultation(database, person) };
    },
    async money(consultation_id) {
      const { charges, sessions } = await simulator.ledger();
      const rows = await database.query<{ status: string; received: string | null; invoice: string }>(
        `SELECT p.status, c.amount_received AS received, i.status AS invoice
         FROM payments p JOIN invoices i ON i.payment_id = p.id LEFT JOIN charges c ON c.payment_id = p.id
         WHERE p.consultation_id = $1 ORDER BY p.id`,
        [consultation_id],
      );
      return {
        charged: charges.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount),
        sessions: sessions.length,
        payments: rows.map(({ status }) => status),
        received: rows.flatMap(({ received }) => (received === null ? [] : [Number(received)])),
        invoices: rows.map(({ invoice }) => invoice),
      };
    },
    async stop() {
      await api.stop();
      await simulator.stop();
      await database.drop();
    },
  };
}

/** Puts a token where a login would, on the page's own origin. */
export async function holdToken(page: Page, { url }: Pick<PayStack, 'url'>, token: string): Promise<void> {
  await page.goto(`${url}/app-config.json`);
  await page.evaluate(`sessionStorage.setItem('payonce-web.token', ${JSON.stringify(token)})`);
}

/** The pay page with this person logged in. */
export async function openAs(
  context: BrowserContext,
  stack: Pick<PayStack, 'url'>,
  person: Pick<Person, 'token'>,
  query = '',
): Promise<Page> {
  const page = await context.newPage();
  await holdToken(page, stack, person.token);
  await page.goto(`${stack.url}/pay${query}`);
  return page;
}

export const payButton = (page: Page) => page.getByRole('button', { name: /^(PAY|Processing…)$/ });
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });

/** Fills in the simulator's page, and pays. */
export async function payByCard(page: Page, number = '4242 4242 4242 4242'): Promise<void> {
  await page.getByLabel('Email').fill('patient@test.com');
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiry').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Patient');
  await page.getByRole('button', { name: /^Pay/ }).click();
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
