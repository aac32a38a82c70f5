/** The part of the simulator's ledger that the lab reads. */
export interface Ledger {
  readonly sessions: readonly {
    readonly id: string;
    readonly status: string;
    readonly amount: number;
    readonly metadata: Readonly<Record<string, string>> | null;
  }[];
  readonly charges: readonly {
    readonly id: string;
    readonly amount: number;
    readonly status: string;
    readonly metadata: Readonly<Record<string, string>> | null;
  }[];
}

/** A call to Stripe's API that waits at the barrier. */
export interface Held {
  readonly id: number;
  readonly idempotency_key: string | null;
  /** The object that it created, if it is held after its work. */
  readonly object: string | null;
}

/** A request to Stripe's API. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: { readonly metadata?: Readonly<Record<string, string>> };
  readonly replayed: boolean;
}

interface Delivery {
  readonly event: string;
  readonly state: string;
  readonly attempts: readonly { readonly status: number | null; readonly copies: number }[];
}

const MAX_ANSWER_MS = 12_000;

/** The simulated Stripe: its control API, and the list of its events. */
export class Simulator {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  ledger = () => this.ask<Ledger>('/_sim/ledger');
  faults = () => this.ask<{ faults: object | null; held: Held[] }>('/_sim/faults');
  setFaults = (faults: object) => this.ask('/_sim/faults', faults);
  release = () => this.ask('/_sim/faults/release', {});
  pay = (session: string) => this.ask(`/_sim/sessions/${session}/pay`, { outcome: 'paid' });
  /** Where it delivers its events. */
  deliverTo = (url: string) => this.ask('/_sim/endpoints', { urls: [url] });
  calls = () => this.ask<Call[]>('/_sim/requests');
  resend = (event: string) => this.ask('/_sim/webhooks/resend', { event });

  /** The event for the paid session; undefined while there is none. */
  async eventOf(session: string): Promise<string | undefined> {
    const path = '/v1/events?type=checkout.session.completed&limit=50';
    const { data } = await this.ask<{ data: { id: string; data: { object: { id: string } } }[] }>(path);
    return data.find((event) => event.data.object.id === session)?.id;
  }

  /** The finished delivery attempts of an event. */
  async attemptsAt(event: string): Promise<{ status: number | null; copies: number }[]> {
    const deliveries = await this.ask<Delivery[]>('/_sim/deliveries');
    return deliveries.filter((delivery) => delivery.event === event).flatMap(({ attempts }) => attempts);
  }

  private async ask<Answer>(path: string, body?: object): Promise<Answer> {
    const answer = await fetch(this.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${this.key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      signal: AbortSignal.timeout(MAX_ANSWER_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The simulator answered ${answer.status} to ${path}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as Answer;
  }
}
