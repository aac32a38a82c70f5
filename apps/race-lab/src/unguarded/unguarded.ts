import { randomInt } from 'node:crypto';
import { built } from '#process';
import type { Count, Guard, NewStep } from '../lab-events.js';
import { type LogLine, ServerProcess } from '../stage/server-process.js';
import { Simulator } from '../stage/simulator.js';
import type { Consultation, PaymentRow, Target } from '../stage/target.js';
import { UnguardedSchema } from './schema.js';

const SCRIPT = built('apps/race-lab/src/unguarded/main.js');
const SIMULATOR = built('apps/stripe-simulator/src/main.js');
/** Any test key will do for a simulator. */
const KEY = 'sk_test_unguarded';

/**
 * The unguarded program with everything it needs: a schema and a simulated Stripe of its own, so that neither this
 * installation's rows nor its Stripe account see anything of it.
 */
export class Unguarded implements Target {
  readonly storesFirst = false;
  readonly stepOf = stepOf;

  private constructor(
    private readonly schema: UnguardedSchema,
    private readonly stripe: ServerProcess,
    readonly simulator: Simulator,
  ) {}

  /** @throws LabFailure */
  static async open(databaseUrl: string, signal: AbortSignal): Promise<Unguarded> {
    const schema = await UnguardedSchema.create(databaseUrl);
    try {
      const stripe = await ServerProcess.start({
        script: SIMULATOR,
        env: { PATH: process.env.PATH, SIMULATOR_PORT: '0', STRIPE_WEBHOOK_SECRET: 'whsec_unguarded' },
        onLine: () => undefined,
        signal,
      });
      return new Unguarded(schema, stripe, new Simulator(stripe.url, KEY));
    } catch (error) {
      await schema.drop();
      throw error;
    }
  }

  startServer: Target['startServer'] = (how) =>
    ServerProcess.start({
      ...how,
      script: SCRIPT,
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: this.schema.programUrl,
        PGPASSWORD: process.env.PGPASSWORD,
        STRIPE_API_URL: this.stripe.url,
        STRIPE_SECRET_KEY: KEY,
        ...how.env,
      },
    });

  async reachAt(url: string): Promise<void> {
    await this.simulator.deliverTo(`${url}/api/v1/webhooks/stripe`);
  }

  /**
   * It keeps neither users nor consultations. Another id each time, because Redis may still have the lock of an earlier
   * attack.
   */
  async newConsultation(): Promise<Consultation> {
    return { id: randomInt(1, 2 ** 31), patient_id: 1 };
  }

  payments(consultation_id: number): Promise<PaymentRow[]> {
    const sql = 'SELECT id, status, amount FROM payments WHERE consultation_id = $1 ORDER BY id';
    return this.schema.query<PaymentRow>(sql, [consultation_id]);
  }

  counted(consultation_id: number): Promise<Count['payments']> {
    return this.schema.query(
      `SELECT id, status, amount, NULL AS invoice,
         (SELECT sum(bookings.amount)::integer FROM bookings WHERE payment_id = payments.id) AS received
       FROM payments WHERE consultation_id = $1 ORDER BY id`,
      [consultation_id],
    );
  }

  async completions(payment_id: number): Promise<number> {
    return (await this.schema.query('SELECT FROM bookings WHERE payment_id = $1', [payment_id])).length;
  }

  /** It has no inbox: what it has answered, it knows. */
  async knowsEvent(event_id: string): Promise<boolean> {
    const attempts = await this.simulator.attemptsAt(event_id);
    return attempts.some(({ status }) => status === 200);
  }

  async guardsMet(): Promise<Guard[]> {
    return [];
  }

  async end(): Promise<void> {
    await this.stripe.stop();
    await this.schema.drop();
  }
}

/** Converts a line of the unguarded program's log into a step; undefined for other lines. */
function stepOf(line: LogLine, numberOf: (request_id: string) => number | undefined): NewStep | undefined {
  const request = numberOf(line.request_id ?? '');
  const of = request === undefined ? {} : { request };
  const facts = { payment: Number(line.payment_id) };
  switch (line.message) {
    case 'No payment found':
      return { from: 'database', to: 'api', what: 'nothing_found', ...of };
    case 'Payment found':
      return { from: 'database', to: 'api', what: 'row_found', ...of, facts };
    case 'Payment stored':
      return { from: 'api', to: 'database', what: 'row_made', ...of, facts };
    case 'Lock acquired':
      return { from: 'api', to: 'lock', what: 'locked', ...of };
    case 'Redis does not answer: going on without the lock':
      return { from: 'lock', to: 'api', what: 'lock_skipped', ...of };
    case 'Money booked':
      return { from: 'webhook', to: 'database', what: 'booked', facts };
    case 'No payment has this session':
      return { from: 'webhook', to: 'database', what: 'no_such_payment' };
    case undefined:
    default:
      return undefined;
  }
}
