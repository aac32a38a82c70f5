import type { Stripe } from 'stripe';
import type { EventType } from '../events/event-types.js';
import type { FaultRegistry } from '../faults/fault-registry.js';
import type { Clock } from '../state/clock.js';
import type { Attempt, Delivery } from '../state/rows.js';
import type { Store } from '../state/store.js';
import { newDelivery } from './new-delivery.js';
import { LOST, post } from './post.js';

/** https://docs.stripe.com/webhooks#automatic-retries: up to three days, with pauses that grow. */
const TRIED_FOR_MS = 3 * 86_400_000;
const MAX_PAUSE_MS = 8 * 3_600_000;

/** Node's timers cannot wait longer than 2^31 ms; looking again earlier does no harm. */
const MAX_TIMER_MS = 60_000;

export interface Endpoints {
  urls: readonly string[];
  secrets: readonly string[];
  /** https://docs.stripe.com/api/webhook_endpoints/object#webhook_endpoint_object-enabled_events; all when left out. */
  enabled_events?: readonly string[] | undefined;
}

/**
 * Delivers events to the endpoints: immediately, and again with growing pauses until the endpoint acknowledges with a
 * 2xx. Deliveries survive a crash; an attempt in progress is repeated.
 */
export class Deliverer {
  endpoints: Endpoints;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #faults: FaultRegistry;
  readonly #first_pause_ms: number;
  readonly #under_way = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  /** Events collected to be sent in another order. */
  #collected: Delivery[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    { store, clock, faults }: { store: Store; clock: Clock; faults: FaultRegistry },
    { endpoints, first_pause_ms }: { endpoints: Endpoints; first_pause_ms: number },
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#faults = faults;
    this.endpoints = endpoints;
    this.#first_pause_ms = first_pause_ms;
  }

  /** Number of endpoints subscribed to this event type. */
  subscribedEndpoints(type: EventType): number {
    const { urls, enabled_events: enabled = ['*'] } = this.endpoints;
    return enabled.includes('*') || enabled.includes(type) ? urls.length : 0;
  }

  /** Starts all due deliveries. @returns when all attempts in progress have ended. */
  async send(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const now = this.#clock.now_ms();
    for (const delivery of this.#store.deliveries.all()) {
      this.#giveUp(delivery, now);
      if (!this.#isWaiting(delivery)) continue;
      if (delivery.next_attempt_ms === null || delivery.next_attempt_ms > now) continue;
      if (!this.#collect(delivery)) this.#start(delivery, this.#attempt(delivery));
    }
    if (this.#collected.length >= this.#faults.webhooks.reorder) this.flush();
    this.#wakeLater();
    await Promise.all(this.#under_way.values());
  }

  /** Sends the events collected for reordering: newest first, each after the previous one was answered. */
  flush(): void {
    let before: Promise<unknown> = Promise.resolve();
    for (const delivery of this.#collected.splice(0).reverse()) {
      before = before.then(() => this.#attempt(delivery));
      this.#start(delivery, before);
    }
  }

  /** Discards the collected events. */
  forget(): void {
    this.#collected = [];
  }

  /**
   * Delivers an event once more to each current endpoint, whatever its state, like "Resend" in the dashboard. @returns
   * the number of deliveries.
   */
  async resend(event: Stripe.Event): Promise<number> {
    const known = this.#store.deliveries.all().filter((delivery) => delivery.event === event.id);
    const endpoints = Array.from(
      { length: this.subscribedEndpoints(event.type as EventType) },
      (_, endpoint) => endpoint,
    );
    const sent = await Promise.all(
      endpoints.map(async (endpoint) => {
        const delivery = known.find((one) => one.endpoint === endpoint);
        return delivery ? this.#attempt(delivery) : this.#first(event, endpoint);
      }),
    );
    return sent.filter(Boolean).length;
  }

  /** The number of endpoints that this event was sent to, whatever the result. */
  sent(event_id: string): number {
    const deliveries = this.#store.deliveries.all().filter(({ event }) => event === event_id);
    return deliveries.filter(({ attempts }) => attempts.some(({ error }) => error !== LOST)).length;
  }

  /** For an endpoint that did not exist when the event was created. */
  #first(event: Stripe.Event, endpoint: number): Promise<boolean> {
    const pending_webhooks = (this.#store.events.get(event.id)?.pending_webhooks ?? 0) + 1;
    this.#store.events.update(event.id, { pending_webhooks });
    const now = this.#clock.now_ms();
    const delivery = this.#store.deliveries.put(newDelivery(event, endpoint, now));
    const attempt = this.#attempt(delivery);
    this.#start(delivery, attempt);
    return attempt;
  }

  /** A missing endpoint, or an account that sends nothing, is given up like an endpoint that does not answer. */
  #giveUp(delivery: Delivery, now: number): void {
    if (delivery.state !== 'pending') return;
    if (this.endpoints.urls[delivery.endpoint] !== undefined && !this.#isStopped()) return;
    if (now <= delivery.created_ms + TRIED_FOR_MS) return;
    this.#store.deliveries.update(delivery.id, { state: 'failed', next_attempt_ms: null });
  }

  /** Stops without waiting: an attempt in progress is repeated after the next start. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closing.abort();
    await Promise.all(this.#under_way.values());
  }

  /** Not delivered, not in progress, and the endpoint's URL is known. */
  #isWaiting({ id, state, endpoint }: Delivery): boolean {
    if (this.#isStopped()) return false;
    return state === 'pending' && !this.#under_way.has(id) && this.endpoints.urls[endpoint] !== undefined;
  }

  /** The account sends nothing: events wait, as for an endpoint that does not answer. */
  #isStopped(): boolean {
    return this.#store.settings.get('account')?.webhooks === false;
  }

  #collect(delivery: Delivery): boolean {
    const { reorder, types } = this.#faults.webhooks;
    if (reorder < 2 || delivery.attempts.length > 0 || !(types?.includes(delivery.type) ?? true)) return false;
    if (!this.#collected.some(({ id }) => id === delivery.id)) this.#collected.push(delivery);
    return true;
  }

  #start(delivery: Delivery, attempt: Promise<unknown>): void {
    const ended = attempt
      .then(() => undefined)
      .finally(() => {
        this.#under_way.delete(delivery.id);
        this.#wakeLater();
      });
    this.#under_way.set(delivery.id, ended);
  }

  /** @returns whether it was sent, whatever the result. */
  async #attempt(delivery: Delivery): Promise<boolean> {
    // Another request may have just created this event, and it is not on disk yet.
    await this.#store.commit();
    const event = this.#store.events.get(delivery.event);
    const url = this.endpoints.urls[delivery.endpoint];
    if (!event || url === undefined || this.#isStopped()) return false;
    const { lose, duplicate, delay_ms } = this.#faults.forWebhook(delivery.type);
    const attempt = await post({
      url,
      payload: JSON.stringify(event, null, 2),
      secrets: this.endpoints.secrets,
      copies: duplicate,
      delay_ms,
      lose,
      at_ms: this.#clock.now_ms(),
      signing_time: () => this.#clock.signing_time(),
      closing: this.#closing.signal,
    });
    // Aborted: the result is unknown, so nothing is stored and the attempt is repeated.
    if (!attempt) return false;
    this.#write(delivery.id, attempt);
    await this.#store.commit();
    return attempt.error !== LOST;
  }

  #write(id: string, attempt: Attempt): void {
    const delivery = this.#store.deliveries.get(id);
    if (!delivery) return;
    const attempts = [...delivery.attempts, attempt];
    const acknowledged = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    if (delivery.state === 'delivered') {
      this.#store.deliveries.update(id, { attempts });
      return;
    }
    if (acknowledged) {
      this.#store.deliveries.update(id, { attempts, state: 'delivered', next_attempt_ms: null });
      const event = this.#store.events.get(delivery.event);
      if (event) this.#store.events.update(event.id, { pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
      return;
    }
    const pause_ms = Math.min(this.#first_pause_ms * 2 ** (attempts.length - 1), MAX_PAUSE_MS);
    const next_attempt_ms = this.#clock.now_ms() + pause_ms;
    const over = next_attempt_ms > delivery.created_ms + TRIED_FOR_MS;
    this.#store.deliveries.update(id, {
      attempts,
      ...(over ? { state: 'failed', next_attempt_ms: null } : { next_attempt_ms }),
    });
  }

  #wakeLater(): void {
    clearTimeout(this.#timer);
    if (this.#closing.signal.aborted) return;
    const times = this.#store.deliveries
      .all()
      .filter((delivery) => this.#isWaiting(delivery))
      .filter(({ id }) => !this.#collected.some((collected) => collected.id === id))
      .map(({ next_attempt_ms }) => next_attempt_ms ?? Infinity);
    if (times.length === 0) return;
    const wait_ms = Math.min(...times) - this.#clock.now_ms();
    this.#timer = setTimeout(() => void this.send(), Math.min(Math.max(wait_ms, 1), MAX_TIMER_MS));
    this.#timer.unref();
  }
}
