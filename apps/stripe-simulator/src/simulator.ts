import type { World } from './api/world.js';
import { NO_CAUSE } from './api/world.js';
import { IdempotencyKeys } from './api/idempotency.js';
import { RequestLog } from './api/request-log.js';
import { expireLapsedSessions } from './checkout/expire-session.js';
import type { Configuration } from './configuration.js';
import { FaultRegistry } from './faults/fault-registry.js';
import { receiptUrl } from './payments/take-payment.js';
import { Clock } from './state/clock.js';
import { Store } from './state/store.js';
import { Deliverer } from './webhooks/deliverer.js';

/** Connects all parts of the simulator, for the HTTP server. */
export class Simulator {
  readonly world: World;
  readonly faults = new FaultRegistry();
  readonly log = new RequestLog();
  readonly keys: IdempotencyKeys;
  readonly deliverer: Deliverer;
  #era = new AbortController();
  #looked_at = 0;
  #rolling_forward: { at: number; act: () => void }[] = [];

  private constructor(store: Store, configuration: Configuration) {
    const clock = new Clock(store, configuration.clock_offset_ms);
    this.deliverer = new Deliverer(
      { store, clock, faults: this.faults },
      {
        endpoints: {
          urls: urlsFor(store, configuration),
          secrets: configuration.secrets,
          enabled_events: store.settings.get('endpoints')?.enabled_events,
        },
        first_pause_ms: configuration.retry_first_pause_ms,
      },
    );
    this.keys = new IdempotencyKeys(store, clock);
    this.world = {
      store,
      clock,
      api_version: configuration.api_version,
      coming_refunds: [],
      cause: NO_CAUSE,
      base_url: '',
      endpoints: (type) => this.deliverer.subscribedEndpoints(type),
    };
  }

  static async open(configuration: Configuration): Promise<Simulator> {
    return new Simulator(await Store.open(configuration.data_dir), configuration);
  }

  /** Called once the URL is known: sessions of an earlier run get it, and pending deliveries are sent. */
  async begin(base_url: string): Promise<void> {
    const { world } = this;
    world.base_url = base_url;
    for (const { id, status } of world.store.sessions.all()) {
      if (status === 'open') world.store.sessions.update(id, { url: `${base_url}/c/pay/${id}` });
    }
    for (const { id, receipt_url } of world.store.charges.all()) {
      if (receipt_url !== null) world.store.charges.update(id, { receipt_url: receiptUrl(world, id) });
    }
    await this.finish();
  }

  /** Changes caused by time alone, applied once per second of simulated time. */
  passTime(): void {
    const now = this.world.clock.now();
    if (now === this.#looked_at) return;
    this.#looked_at = now;
    expireLapsedSessions(this.world);
    const due = this.#rolling_forward.filter(({ at }) => at <= now);
    this.#rolling_forward = this.#rolling_forward.filter(({ at }) => at > now);
    for (const { act } of due) act();
  }

  /** Work that was answered with a 500 and that Stripe completes later. Lost at a restart. */
  rollForward(seconds: number, act: () => void): void {
    this.#rolling_forward.push({ at: this.world.clock.now() + seconds, act });
  }

  /**
   * After a step: makes it durable, and only then sends its events. With the fault `before_answer`, waits until they
   * have been delivered.
   */
  async finish(): Promise<void> {
    await this.world.store.commit();
    const sent = this.deliverer.send();
    if (this.faults.webhooks.before_answer) await sent;
  }

  /** Aborted by the next reset: a call that waited must not continue with the new state. */
  get era(): AbortSignal {
    return this.#era.signal;
  }

  async reset(): Promise<void> {
    this.#era.abort();
    this.#era = new AbortController();
    this.faults.set({});
    this.#rolling_forward = [];
    this.log.clear();
    this.keys.reset();
    this.deliverer.forget();
    this.world.coming_refunds.length = 0;
    await this.world.store.clear();
  }

  async close(): Promise<void> {
    this.faults.release();
    await this.deliverer.close();
    await this.world.store.close();
  }
}

/** The endpoints from the environment, or those set last: events before the next change go to them. */
function urlsFor(store: Store, { webhook_urls }: Configuration): readonly string[] {
  return webhook_urls.length > 0 ? webhook_urls : (store.settings.get('endpoints')?.urls ?? []);
}
