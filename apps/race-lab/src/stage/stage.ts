import { randomInt, randomUUID } from 'node:crypto';
import type { Laboratory } from '../configuration.js';
import { LabFailure } from '../lab-failure.js';
import type { ClientLane, Count, NewStep, Proof, Step } from '../lab-events.js';
import { ApiServer } from './api-server.js';
import { type Balancer, balanceOver } from './balancer.js';
import { type Cable, cableTo } from './cable.js';
import { holdPages } from './faults.js';
import { Installation } from './installation.js';
import { type Reply, Requests } from './requests.js';
import { stepOf } from './server-log.js';
import type { Held, Ledger } from './simulator.js';
import { until, untilOrLate } from './until.js';

/** No request of an attack may take longer than this to reach where it is waited for. */
const REACHES_MS = 4_000;
const MAX_RETRYING_MS = 12_000;

/** Two of them are never the same in one run of the lab, so that a charge is known by its amount, too. */
const FEES = { min: 10_000, max: 99_999 };

/**
 * What one attack is played on: servers of its own on the database, the Redis and the simulated Stripe of the house, and
 * a new patient with one consultation to pay. Whatever it starts, `end` ends.
 */
export class Stage {
  readonly id = randomUUID().slice(0, 8);
  readonly requests: Requests;
  readonly proofs: Proof[] = [];
  readonly installation: Installation;
  readonly fee = randomInt(FEES.min, FEES.max + 1);
  readonly servers: ApiServer[] = [];
  consultation = { id: 0, patient_id: 0 };
  private readonly ends: (() => Promise<unknown>)[] = [];
  private began = performance.now();
  private token = '';
  private readonly working = new Set<number>();
  private before = new Set<string>();
  /** Which server reads for the house: the last, which no attack kills or cuts off. */
  private readonly reader = () => this.servers.at(-1)!.url;

  constructor(
    readonly lab: Laboratory,
    staff: string,
    private readonly emit: (step: Step) => void,
    readonly signal: AbortSignal,
  ) {
    this.requests = new Requests(this.id, this.report);
    this.installation = new Installation(staff, this.reader);
  }

  readonly report = (step: NewStep): void => {
    this.emit({ type: 'step', at_ms: Math.round(performance.now() - this.began), ...step });
  };

  prove(what: Proof['what'], holds: boolean): void {
    this.proofs.push({ what, holds });
  }

  /** Starts servers and makes the patient; then the clock of the attack begins. */
  async set(servers: readonly NodeJS.ProcessEnv[]): Promise<void> {
    const { simulator, tokens } = this.lab;
    const known = await simulator.faults();
    // Whatever somebody has set for themselves is theirs, and comes back.
    this.ends.push(() => simulator.setFaults(known.faults ?? {}));
    const started = await Promise.allSettled(
      servers.map(async (env) => {
        const server = await ApiServer.start(
          { ...this.lab.serverEnv, ...env },
          (line) => {
            const step = stepOf(line, this.requests.numberOf);
            if (step?.what === 'working') this.working.add(step.request!);
            if (step) this.report(step);
          },
          this.signal,
        );
        this.ends.push(() => server.stop());
        return server;
      }),
    );
    for (const one of started) {
      if (one.status === 'rejected') throw one.reason;
      this.servers.push(one.value);
    }
    const subject = `race-lab-patient-${this.id}`;
    this.token = await tokens.sign({ subject, role: 'patient' });
    this.consultation = await this.installation.newConsultation(subject, this.fee);
    this.before = new Set((await simulator.ledger()).charges.map(({ id }) => id));
    this.began = performance.now();
  }

  async balancer(): Promise<Balancer> {
    const balancer = await balanceOver(this.servers.map(({ url }) => url));
    this.ends.push(() => balancer.end());
    return balancer;
  }

  /** @throws LabFailure where there is no Redis that could be cut off. */
  async cables(): Promise<Cable[]> {
    const { redisUrls } = this.lab;
    const usable = redisUrls.length > 0 && redisUrls.every((url) => url.startsWith('redis:'));
    if (!usable) throw new LabFailure('no_redis', 'There is no Redis whose connection could be held up.');
    const cables = await Promise.all(redisUrls.map(cableTo));
    this.ends.push(() => Promise.all(cables.map((cable) => cable.end())));
    return cables;
  }

  /** One press of the button. */
  press(by: ClientLane, to: string, key: string): Promise<Reply> {
    const body = { consultation_id: this.consultation.id, amount: this.fee, payment_method: 'stripe' };
    return this.requests.pay({ by, to, key: `${this.id}-${key}`, body, token: this.token });
  }

  /** As a client does: the same again for as long as it is told that it may. */
  async pressUntilAnswered(by: ClientLane, to: string, key: string): Promise<Reply> {
    const how = { ms: MAX_RETRYING_MS, signal: this.signal };
    return until(
      async () => {
        const reply = await this.press(by, to, key);
        if (!reply.retry_after) return reply;
        // It was told to come back in a second; half of one shows the same and costs the spectator less.
        await new Promise((resolve) => setTimeout(resolve, 500));
        return undefined;
      },
      'the request is answered',
      how,
    );
  }

  /** From here on whoever asks Stripe for a page waits at a barrier. */
  async holdStripe(when: 'before' | 'after'): Promise<void> {
    await this.lab.simulator.setFaults(holdPages(when));
  }

  /** Waits until our request stands at the barrier, and looks at what is in the database by then. */
  async atStripe(): Promise<Held> {
    const held = await until(
      async () => {
        const [row] = await this.installation.payments(this.consultation.id);
        const { held: waiting } = await this.lab.simulator.faults();
        return row && waiting.find(({ idempotency_key }) => idempotency_key !== null);
      },
      'the first request has come to Stripe',
      { ms: REACHES_MS, signal: this.signal },
    );
    const [row] = await this.installation.payments(this.consultation.id);
    this.report({ from: 'api', to: 'database', what: 'row_made', facts: { payment: row!.id } });
    this.report({ from: 'api', to: 'stripe', what: 'stripe_asked' });
    return held;
  }

  /** Waits until servers have begun with so many requests; whoever is not as far yet waits in the next line of code. */
  async untilWorking(requests: number): Promise<void> {
    await untilOrLate(() => this.working.size >= requests, { ms: REACHES_MS, signal: this.signal });
  }

  async untilSent(requests: number): Promise<void> {
    await untilOrLate(() => this.requests.sent() >= requests, { ms: REACHES_MS, signal: this.signal });
  }

  /** Whether every answer names the same payment and the same page. */
  namesOnePayment(replies: readonly Reply[]): boolean {
    const named = replies.map(({ body: { data } }) => `${data?.payment_id} ${data?.checkout?.session_id}`);
    return new Set(named).size === 1 && !named[0]!.includes('undefined');
  }

  async resumeStripe(): Promise<void> {
    this.report({ from: 'stripe', to: 'api', what: 'stripe_answers' });
    await this.lab.simulator.release();
  }

  /** What the ledger has of this attack: by the patient's name, and every new charge of this very amount as well. */
  async ledger(): Promise<Pick<Ledger, 'sessions' | 'charges'>> {
    const { sessions, charges } = await this.lab.simulator.ledger();
    const ours = (of: { metadata: Readonly<Record<string, string>> | null }) =>
      of.metadata?.user_id === String(this.consultation.patient_id);
    return {
      sessions: sessions.filter(ours),
      charges: charges.filter((charge) => ours(charge) || (charge.amount === this.fee && !this.before.has(charge.id))),
    };
  }

  /** The independent counts, once nothing is under way any more. */
  async count(): Promise<Count> {
    const { sessions, charges } = await this.ledger();
    return {
      fee: this.fee,
      currency: 'idr',
      requests: this.requests.sent(),
      answers: this.requests.count(),
      sessions: sessions.length,
      charges: charges.map(({ amount, status }) => ({ amount, status })),
      payments: await this.installation.counted(this.consultation.id),
    };
  }

  async end(): Promise<void> {
    for (const end of this.ends.splice(0).reverse()) {
      await end().catch((error: unknown) =>
        process.emitWarning(`An attack has left something behind: ${String(error)}`),
      );
    }
  }
}
