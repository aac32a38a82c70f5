import { randomUUID } from 'node:crypto';

/** What may go wrong with one request. `-after`: when the work is done. */
export const MISBEHAVIOURS = [
  'reset-before',
  'lost-after',
  '500-before',
  '500-after',
  '503-before',
  '503-date-after',
  '429-before',
  'in-progress',
  'html-before',
  'html-200-after',
  'truncated-after',
  'wrong-envelope-after',
  'huge-after',
  'hang-before',
  'hang-after',
] as const;
export type Misbehaviour = (typeof MISBEHAVIOURS)[number];
export type Behaviour = Misbehaviour | 'well';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: any;
}

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * A server that knows nothing but keys: a new key is a new payment, and a finished one replays its answer. It has no other
 * guard, so that the count of its payments is the count of the client's intents.
 */
export class TruthfulServer {
  readonly asked: ReceivedRequest[] = [];
  readonly payments: { payment_id: number; key: string | null; caller: string | null; body: any }[] = [];
  private readonly finished = new Map<string, Answered>();
  /** Answers before keys are checked; undefined continues normally. */
  rule: ((asked: ReceivedRequest) => Answered | undefined) | undefined;

  /** Does what is asked, for good. */
  work(asked: ReceivedRequest): Answered {
    this.asked.push(asked);
    const special = this.rule?.(asked);
    if (special) return special;
    if (asked.method === 'GET') return success(200, { payments: this.payments, next_cursor: null });
    const key = asked.headers.get('idempotency-key');
    const caller = asked.headers.get('authorization');
    const scope = JSON.stringify([caller, asked.path, key]);
    const known = key && this.finished.get(scope);
    if (known) return { ...known, headers: { ...known.headers, 'idempotent-replayed': 'true' } };
    const payment_id = this.payments.push({
      payment_id: this.payments.length + 1,
      key,
      caller,
      body: asked.body,
    });
    const answer = success(201, {
      type: 'new',
      payment_id,
      payment: { id: payment_id, status: 'pending', ...asked.body },
      checkout: null,
      ...(asked.path.endsWith('/checkout') ? { checkout_url: `https://stripe.test/${payment_id}` } : {}),
    });
    if (key) this.finished.set(scope, answer);
    return answer;
  }

  notes(asked: ReceivedRequest): void {
    this.asked.push(asked);
  }

  get keys(): Set<string | null> {
    return new Set(this.payments.map(({ key }) => key));
  }
}

export function success(status: number, data: unknown): Answered {
  return answer(status, { status_code: status, message: 'Well done', request_id: randomUUID(), data });
}

export function refusal(
  status: number,
  code: string,
  { data, retry_after }: { data?: unknown; retry_after?: string } = {},
) {
  return answer(
    status,
    { status_code: status, code, error: code, message: `Sorry: ${code}`, request_id: randomUUID(), data },
    retry_after === undefined ? {} : { 'retry-after': retry_after },
  );
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answered {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

const html = (status: number): Answered => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><h1>Bad gateway</h1></html>',
});

/**
 * What comes back: an answer, `reset` (the connection breaks), `hang` (nothing ever comes), or an answer that breaks off.
 */
export type Outcome = Answered | 'reset' | 'hang' | { readonly broken: Answered };

export function behave(server: TruthfulServer, behaviour: Behaviour, asked: ReceivedRequest, now_ms: number): Outcome {
  if (behaviour === 'well') return server.work(asked);
  if (behaviour.endsWith('-after')) {
    const done = server.work(asked);
    const outcomes: Record<string, () => Outcome> = {
      'lost-after': () => 'reset',
      'hang-after': () => 'hang',
      '500-after': () => refusal(500, 'INTERNAL_ERROR'),
      '503-date-after': () =>
        refusal(503, 'DATABASE_UNAVAILABLE', { retry_after: new Date(now_ms + 5_000).toUTCString() }),
      'html-200-after': () => html(200),
      'truncated-after': () => ({ broken: done }),
      'wrong-envelope-after': () => ({ ...done, body: '{"ok":true,"payment":1}' }),
      'huge-after': () => ({ ...done, body: `{"status_code":201,"junk":"${'x'.repeat(1_500_000)}"}` }),
    };
    return outcomes[behaviour]!();
  }
  server.notes(asked);
  const outcomes: Record<string, () => Outcome> = {
    'reset-before': () => 'reset',
    'hang-before': () => 'hang',
    '500-before': () => refusal(500, 'INTERNAL_ERROR'),
    '503-before': () => refusal(503, 'LOCK_TIMEOUT', { retry_after: '3' }),
    '429-before': () => refusal(429, 'TOO_MANY_ATTEMPTS', { retry_after: '2' }),
    'in-progress': () => refusal(409, 'PAYMENT_IN_PROGRESS', { data: { retry_after: 1 } }),
    'html-before': () => html(502),
  };
  return outcomes[behaviour]!();
}

/** The server as a `fetch`, misbehaving by the script, then well. A hanging call ignores its abort signal. */
export function fetchOf(server: TruthfulServer, now: () => number, next: () => Behaviour = () => 'well') {
  return async (url: string, init: RequestInit): Promise<Response> => {
    const asked: ReceivedRequest = {
      method: init.method ?? 'GET',
      path: new URL(url, 'http://shop.test').pathname,
      headers: new Headers(init.headers),
      body: init.body == null ? undefined : JSON.parse(init.body as string),
    };
    const outcome = behave(server, next(), asked, now());
    if (outcome === 'hang') return new Promise(() => {});
    if (outcome === 'reset') throw new TypeError('fetch failed');
    if ('broken' in outcome) {
      const { status, headers, body } = outcome.broken;
      return new Response(body.slice(0, body.length / 2), { status, headers });
    }
    return new Response(outcome.body, { status: outcome.status, headers: outcome.headers });
  };
}

/** A script: each behaviour once, in order. */
export function script(...behaviours: Behaviour[]): () => Behaviour {
  return () => behaviours.shift() ?? 'well';
}
