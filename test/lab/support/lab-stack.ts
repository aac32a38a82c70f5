import type { Half, LabEvent } from '../../../apps/race-lab/src/lab-events.js';
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import net from 'node:net';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { tokenFor } from '../../support/people.js';
import { loadDemoData } from '../../support/demo-data.js';
import { type Program, startApi, startLab } from '../../support/processes.js';
import { startRedis } from '../../support/redis.js';
import { startSimulator, stripeEnv, type TestSimulator } from '../../support/simulator.js';

/** What `npm start` runs, for a test: Postgres, Redis, the simulator, the lab, and the API of the pages. */
export interface LabStack {
  readonly database: TestDatabase;
  readonly simulator: TestSimulator;
  readonly lab: Program;
  readonly url: string;
  readonly staff: string;
  /** For another lab. */
  readonly env: NodeJS.ProcessEnv;
  /** Servers that the lab has started and not ended. */
  children(): number[];
  /** The money of the newest consultation that the lab has made, by two counts of the test's own. */
  money(): Promise<{ fee: number; charged: number[]; payments: string[]; received: number[]; invoices: string[] }>;
  stop(): Promise<void>;
}

export async function startLabStack(): Promise<LabStack> {
  const database = await createDatabase();
  await loadDemoData(database);
  const redis = await startRedis();
  const simulator = await startSimulator();
  const port = await freePort();
  const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, LOGIN_ENABLED: 'true', ...stripeEnv(simulator) };
  const lab = await startLab(env);
  const api = await startApi({ ...env, PORT: String(port), RACE_LAB_URL: lab.url });
  await simulator.sim('endpoints', { urls: [`${api.url}/api/v1/webhooks/stripe`] });

  return {
    database,
    simulator,
    lab,
    url: api.url,
    env,
    staff: await tokenFor('staff@test.com', 'staff'),
    children: () => childrenOf(lab.child.pid!),
    async money() {
      const [consultation] = await database.query<{ id: string; fee: string }>(
        `SELECT c.id, c.fee FROM consultations c JOIN users u ON u.id = c.patient_id
         WHERE u.subject LIKE 'race-lab-patient-%' ORDER BY c.id DESC LIMIT 1`,
      );
      const rows = await database.query<{ status: string; received: string | null; invoice: string; user_id: string }>(
        `SELECT p.status, p.user_id, c.amount_received AS received, i.status AS invoice
         FROM payments p JOIN invoices i ON i.payment_id = p.id LEFT JOIN charges c ON c.payment_id = p.id
         WHERE p.consultation_id = $1`,
        [consultation!.id],
      );
      const { charges } = await simulator.ledger();
      return {
        fee: Number(consultation!.fee),
        // No other payments are made in this simulator between two resets.
        charged: charges.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount),
        payments: rows.map(({ status }) => status),
        received: rows.flatMap(({ received }) => (received === null ? [] : [Number(received)])),
        invoices: rows.map(({ invoice }) => invoice),
      };
    },
    async stop() {
      await api.stop();
      await lab.stop();
      await simulator.stop();
      await redis.kill();
      await database.drop();
    },
  };
}

export type Verdict = Extract<LabEvent, { type: 'verdict' }>;

/** Reads a run to its end. @returns the verdict of each half */
export async function verdictsOf(run: Response): Promise<Record<Half, Verdict>> {
  const events = (await run.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabEvent);
  const verdictOf = (half: Half) => {
    const last = events.findLast((event) => event.half === half);
    expect(last).toMatchObject({ type: 'verdict' });
    return last as Verdict;
  };
  return { unguarded: verdictOf('unguarded'), guarded: verdictOf('guarded') };
}

/** As the kernel reports them, not from a list of ours. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === parent);
}

export const isAlive = (pid: number) => statOf(pid) !== undefined;

function statOf(pid: number): { parent: number } | undefined {
  try {
    const [, state, parent] = /\) (\w) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return state === 'Z' ? undefined : { parent: Number(parent) };
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
