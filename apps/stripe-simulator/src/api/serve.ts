import { setTimeout as pause } from 'node:timers/promises';
import type { Stripe } from 'stripe';
import { paySession } from '../checkout/pay-session.js';
import type { Rule } from '../faults/rules.js';
import type { Simulator } from '../simulator.js';
import { newId } from '../state/ids.js';
import { authenticate } from './authentication.js';
import { expanded } from './expand.js';
import { readForm } from './form.js';
import type { Keyed } from './idempotency.js';
import { isNoObject, notSimulated } from './unimplemented-calls.js';
import { type ApiRequest, headerOf, keyOf, parametersOf, versionOf } from './read-request.js';
import type { LoggedRequest } from './request-log.js';
import { unknownError, StripeError, tooManyRequests, wasReset } from './stripe-error.js';
import { type Answer, type Endpoint, NO_CAUSE } from './world.js';

/** The answer; `cut` closes the connection without one. */
export type ApiAnswer =
  { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } | 'cut';

interface Result {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Handles one API call from arrival to answer, including injected faults. */
export async function serve(sim: Simulator, endpoint: Endpoint | undefined, request: ApiRequest): Promise<ApiAnswer> {
  const logged = sim.log.add(entryFor(sim, request));
  const answer = await attempt(sim, endpoint, request, logged);
  if (answer === 'cut') return 'cut';
  if (sim.faults.take('lose_answer', request)) {
    logged.faults.push('lose_answer');
    return 'cut';
  }
  logged.status = answer.status;
  return answer;
}

async function attempt(
  sim: Simulator,
  endpoint: Endpoint | undefined,
  request: ApiRequest,
  logged: LoggedRequest,
): Promise<ApiAnswer> {
  const { era } = sim;
  try {
    if (sim.faults.take('reset', request)) {
      logged.faults.push('reset');
      return 'cut';
    }
    authenticate(request.headers, sim.world.store.settings.get('account')?.api_key);
    // Before the idempotency layer: a 429 is never kept. https://docs.stripe.com/api/idempotent_requests
    const limit = sim.faults.take('rate_limit', request);
    if (limit) throw tooManyRequests('code' in limit ? (limit.code ?? 'rate_limit') : 'rate_limit');
    const latency = sim.faults.take('latency_ms', request);
    if (latency) await pause(latency.ms, undefined, { signal: era }).catch(() => undefined);
    if (era.aborted) throw wasReset();
    const result = await work(sim, endpoint, request, logged);
    // The state that the answer describes was reset.
    if (era.aborted) throw wasReset();
    return withHeaders(sim, request, logged, result);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    logged.error_code = error.code ?? error.type;
    return withHeaders(sim, request, logged, resultOf(error));
  }
}

async function work(
  sim: Simulator,
  endpoint: Endpoint | undefined,
  request: ApiRequest,
  logged: LoggedRequest,
): Promise<Result> {
  if (!endpoint || isNoObject(request)) throw notSimulated(request);
  const version = versionOf(request, sim.world.api_version);
  const parameters = parametersOf(request);
  const keyed = keyOf(request, parameters);
  const kept = keyed && sim.keys.look(keyed);
  if (kept) {
    logged.replayed = true;
    return {
      status: kept.status,
      body: kept.body,
      headers: {
        'idempotent-replayed': 'true',
        'original-request': kept.request_id,
        ...(kept.should_retry === null ? {} : { 'stripe-should-retry': kept.should_retry }),
      },
    };
  }
  sim.passTime();
  const run = endpoint.prepare(sim.world, parameters, version);
  // Nothing below awaits until the key is claimed.
  const end = keyed && sim.keys.begin(keyed.key);
  try {
    return await execute(sim, run, { request, keyed, logged });
  } finally {
    end?.();
  }
}

/** Execution starts: from now on the answer is stored under the key, whatever it is. */
async function execute(
  sim: Simulator,
  run: (id: string) => Answer,
  { request, keyed, logged }: { request: ApiRequest; keyed: Keyed | undefined; logged: LoggedRequest },
): Promise<Result> {
  const { era } = sim;
  const { method, path } = request;
  const call = { method, path, request_id: logged.id, idempotency_key: keyed?.key ?? null };
  await sim.faults.hold({ ...call, object: null }, 'before');
  if (era.aborted) throw wasReset();
  const cause = { id: logged.id, idempotency_key: call.idempotency_key };
  const before = sim.faults.take('error_500', request, ({ when }) => when !== 'after');
  if (before?.when === 'later') sim.rollForward(before.seconds, () => effect(sim, run, request, cause));
  const { result, object } = before
    ? { result: broken(before, logged), object: null }
    : effect(sim, run, request, cause);
  const after = before ? undefined : sim.faults.take('error_500', request, ({ when }) => when === 'after');
  const final = after ? broken(after, logged) : result;
  if (keyed) {
    const should_retry = final.headers['stripe-should-retry'] ?? null;
    sim.keys.keep(keyed, { request_id: logged.id, status: final.status, body: final.body, should_retry });
  }
  await sim.finish();
  await sim.faults.hold({ ...call, object }, 'after');
  return final;
}

/** The work itself, synchronous, so that no other request interleaves. */
function effect(
  sim: Simulator,
  run: (id: string) => Answer,
  request: ApiRequest,
  cause: { id: string; idempotency_key: string | null },
): { result: Result; object: string | null } {
  sim.passTime();
  sim.world.cause = cause;
  try {
    const { body, expand } = run(request.id);
    const result = { status: 200, headers: {}, body: write(expanded(sim.world, body, expand)) };
    payAtOnce(sim, request, body as Stripe.Checkout.Session);
    return { result, object: body.id ?? null };
  } catch (error) {
    if (error instanceof StripeError) return { result: resultOf(error), object: null };
    throw error;
  } finally {
    sim.world.cause = NO_CAUSE;
  }
}

function payAtOnce(sim: Simulator, request: ApiRequest, made: Stripe.Checkout.Session): void {
  if (request.method !== 'POST' || made.object !== 'checkout.session' || made.status !== 'open') return;
  const rule = sim.faults.take('pay_on_create', request);
  if (!rule) return;
  sim.world.cause = NO_CAUSE;
  paySession(sim.world, made.id, rule.outcome);
}

function broken(rule: Rule<'error_500'>, logged: LoggedRequest): Result {
  logged.faults.push(`error_500 ${rule.when}`);
  return resultOf(unknownError(rule.should_retry === null ? {} : { 'stripe-should-retry': String(rule.should_retry) }));
}

function resultOf(error: StripeError): Result {
  return { status: error.status, headers: error.headers, body: write(error.body()) };
}

function write(body: unknown): string {
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** https://docs.stripe.com/api/request_ids, https://docs.stripe.com/api/versioning */
function withHeaders(sim: Simulator, request: ApiRequest, logged: LoggedRequest, result: Result): ApiAnswer {
  const key = headerOf(request, 'idempotency-key');
  return {
    status: result.status,
    body: result.body,
    headers: {
      'content-type': 'application/json',
      'request-id': logged.id,
      'stripe-version': headerOf(request, 'stripe-version') ?? sim.world.api_version,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...result.headers,
    },
  };
}

function entryFor({ world }: Simulator, request: ApiRequest): LoggedRequest {
  return {
    id: newId('req'),
    at_ms: world.clock.now_ms(),
    method: request.method,
    path: request.path,
    idempotency_key: headerOf(request, 'idempotency-key') ?? null,
    stripe_version: headerOf(request, 'stripe-version') ?? null,
    query: readable(request.query),
    params: readable(request.body ?? ''),
    status: null,
    replayed: false,
    error_code: null,
    faults: [],
  };
}

/** For the log: a body that cannot be parsed is shown unparsed. */
function readable(form: string): unknown {
  try {
    return readForm(form);
  } catch {
    return form.slice(0, 1_000);
  }
}
