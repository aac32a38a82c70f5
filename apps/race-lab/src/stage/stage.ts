import { randomUUID } from 'node:crypto';
import type { Laboratory } from '../configuration.js';
import { LabFailure } from '../lab-failure.js';
import type { ClientLane, Count, Guard, NewStep, Proof, Step, What } from '../lab-events.js';
import { type Balancer, balanceOver } from './balancer.js';
import { type FreezableProxy, proxyTo } from './freezable-proxy.js';
import { holdPages } from './faults.js';
import { type Reply, Requests } from './requests.js';
import type { LogLine, ServerProcess } from './server-process.js';
import type { Held, Ledger } from './simulator.js';
import type { Target } from './target.js';
import { until } from './until.js';

/** No request of an attack may take longer to reach the point where it is held. */
const REACHES_MS = 8_000;
const MAX_RETRYING_MS = 12_000;

/** Steps by which a server shows that it lets a request through to its work. */
const PROCESSING: readonly What[] = ['working', 'nothing_found'];

/**
 * The environment of one attack: the target's servers, and a new patient with one consultation to pay. `end` stops
 * everything that it started.
 */
export class Stage {
  readonly id = randomUUID().slice(0, 8);
  readonly requests: Requests;
  readonly proofs: Proof[] = [];
  readonly steps: NewStep[] = [];
  readonly servers: ServerProcess[] = [];
  consultation = { id: 0, patient_id: 0 };
  private readonly ends: (() => Promise<unknown>)[] = [];
  private began = performance.now();
  private token = '';
  /** Each request that a server has started to process: a load balancer may send the same one to several. */
  private readonly working = new Set<string>();
  private before = new Set<string>();

  constructor(
    private readonly lab: Laboratory,
    readonly target: Target,
    readonly fee: number,
    private readonly emit: (step: Step) => void,
    readonly signal: AbortSignal,
  ) {
    this.requests = new Requests(this.id, this.report);
  }

  readonly report = (step: NewStep): void => {
    this.steps.push(step);
    this.emit({ type: 'step', at_ms: Math.round(performance.now() - this.began), ...step });
  };

  prove(what: Proof['what'], holds: boolean): void {
    this.proofs.push({ what, holds });
  }

  /** Starts the servers and creates the patient; then the attack's clock starts. */
  async set(servers: readonly NodeJS.ProcessEnv[]): Promise<void> {
    const { simulator } = this.target;
    const known = await simulator.faults();
    // Restores the faults that a user had set.
    this.ends.push(() => simulator.setFaults(known.faults ?? {}));
    const started = await Promise.allSettled(
      servers.map(async (env, n) => {
        const onLine = (line: LogLine) => {
          const step = this.target.stepOf(line, this.requests.numberOf);
          if (step && PROCESSING.includes(step.what)) this.working.add(`${n}:${step.request}`);
          if (step) this.report(step);
        };
        const server = await this.target.startServer({ env, onLine, signal: this.signal });
        this.ends.push(() => server.stop());
        return server;
      }),
    );
    for (const one of started) {
      if (one.status === 'rejected') throw one.reason;
      this.servers.push(one.value);
    }
    // The last one: no attack kills or disconnects it.
    await this.target.reachAt(this.servers.at(-1)!.url);
    const subject = `race-lab-patient-${this.id}`;
    this.token = await this.lab.tokens.sign({ subject, role: 'patient' });
    this.consultation = await this.target.newConsultation(subject, this.fee);
    const { sessions, charges } = await simulator.ledger();
    this.before = new Set([...sessions, ...charges].map(({ id }) => id));
    this.began = performance.now();
  }

  async balancer(): Promise<Balancer> {
    const balancer = await balanceOver(this.servers.map(({ url }) => url));
    this.ends.push(() => balancer.end());
    return balancer;
  }

  /** @throws LabFailure if there is no Redis that can be disconnected. */
  async proxies(): Promise<FreezableProxy[]> {
    const { redisUrls } = this.lab;
    const usable = redisUrls.length > 0 && redisUrls.every((url) => url.startsWith('redis:'));
    if (!usable) throw new LabFailure('no_redis', 'There is no Redis whose connection could be held up.');
    const proxies = await Promise.all(redisUrls.map(proxyTo));
    this.ends.push(() => Promise.all(proxies.map((proxy) => proxy.end())));
    return proxies;
  }

  /** One click on the pay button. */
  press(by: ClientLane, to: string, key: string): Promise<Reply> {
    const body = { consultation_id: this.consultation.id, amount: this.fee, payment_method: 'stripe' };
    return this.requests.pay({ by, to, key: `${this.id}-${key}`, body, token: this.token });
  }

  /** Retries like a client, while the server allows it. */
  async pressUntilAnswered(by: ClientLane, to: string, key: string): Promise<Reply> {
    const how = { ms: MAX_RETRYING_MS, signal: this.signal };
    return until(
      async () => {
        const reply = await this.press(by, to, key);
        if (!reply.retry_after) return reply;
        // `Retry-After` is a second; half a second shows the same in less time.
        await new Promise((resolve) => setTimeout(resolve, 500));
        return undefined;
      },
      'the request is answered',
      how,
    );
  }

  /** From now on, every request to Stripe for a session waits at a barrier. */
  async holdStripe(when: 'before' | 'after'): Promise<void> {
    await this.target.simulator.setFaults(holdPages(when));
  }

  /** Waits until the first request is held at the barrier, and reports the payment in the database at that time. */
  async atStripe(): Promise<Held> {
    const { simulator, storesFirst } = this.target;
    const [held, row] = await until(
      async () => {
        const [stored] = await this.target.payments(this.consultation.id);
        const [waiting] = (await simulator.faults()).held;
        return waiting && (stored || !storesFirst) && ([waiting, stored] as const);
      },
      'the first request has come to Stripe',
      { ms: REACHES_MS, signal: this.signal },
    );
    if (row) this.report({ from: 'api', to: 'database', what: 'row_made', facts: { payment: row.id } });
    this.report({ from: 'api', to: 'stripe', what: 'stripe_asked' });
    return held;
  }

  /**
   * Waits until this many requests are as far as the program lets them while Stripe is held: being processed, or
   * answered already.
   * @param balancer which they came through: it knows the answers, also those that no client waits for
   */
  async untilStuck(requests: number, balancer?: Balancer): Promise<void> {
    const stuck = () => this.working.size + (balancer?.answered() ?? 0) >= requests;
    await until(stuck, 'the servers process every request', { ms: REACHES_MS, signal: this.signal });
  }

  /** Waits until no server works on a request any more, also not on one that no client waits for. */
  async untilIdle(balancer: Balancer): Promise<void> {
    const how = { ms: REACHES_MS, signal: this.signal };
    await until(() => balancer.inProgress() === 0, 'the servers are done with what the balancer sent', how);
  }

  /** Whether all replies name the same payment and session. */
  namesOnePayment(replies: readonly Reply[]): boolean {
    const named = replies.map(({ body: { data } }) => `${data?.payment_id} ${data?.checkout?.session_id}`);
    return new Set(named).size === 1 && !named[0]!.includes('undefined');
  }

  async resumeStripe(): Promise<void> {
    this.report({ from: 'stripe', to: 'api', what: 'stripe_answers' });
    await this.target.simulator.release();
  }

  /** The attack's part of the ledger: what is the patient's by its metadata, and everything new of this amount. */
  async ledger(): Promise<Pick<Ledger, 'sessions' | 'charges'>> {
    const { sessions, charges } = await this.target.simulator.ledger();
    const ours = ({ id, amount, metadata }: Ledger['sessions' | 'charges'][number]) =>
      metadata?.user_id === String(this.consultation.patient_id) || (amount === this.fee && !this.before.has(id));
    return { sessions: sessions.filter(ours), charges: charges.filter(ours) };
  }

  /** The independent counts, taken once no request is in progress. */
  async count(): Promise<Count> {
    const { sessions, charges } = await this.ledger();
    return {
      fee: this.fee,
      currency: 'idr',
      requests: this.requests.sent(),
      answers: this.requests.count(),
      sessions: sessions.length,
      shown: this.requests.sessionsShown(),
      charges: charges.map(({ amount, status }) => ({ amount, status })),
      payments: await this.target.counted(this.consultation.id),
    };
  }

  guardsMet(): Promise<Guard[]> {
    const { replies, numberOf } = this.requests;
    return this.target.guardsMet({ replies, steps: this.steps, numberOf, consultation: this.consultation });
  }

  async end(): Promise<void> {
    for (const end of this.ends.splice(0).reverse()) {
      await end().catch((error: unknown) =>
        process.emitWarning(`An attack has left something behind: ${String(error)}`),
      );
    }
  }
}
