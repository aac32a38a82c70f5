import { failure, ownFailure } from './errors.js';
import type { Platform } from './platform.js';
import { until } from './until.js';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  readonly key?: string;
  readonly token: string | undefined;
  readonly language: string | undefined;
  /** A member that a valid answer of this operation has; empty: no particular one. */
  readonly expects?: string;
  /** An existing payment counts as success. */
  readonly takesExisting?: boolean;
}

/**
 * The server waits up to 5 s for a lock and then calls Stripe. With half of this, a slow but working try would be
 * abandoned and repeated.
 */
export const TRY_TIMEOUT_MS = 20_000;

/** The longest valid answer, a page of a hundred payments, has some 60 kB. A longer one is not from our server. */
const MAX_ANSWER_LENGTH = 1_000_000;

/** Statuses after which a retry may succeed. */
const RETRYABLE = /408|429|50[0234]/;

interface Envelope {
  readonly status_code: number;
  readonly code: string;
  readonly message: string;
  readonly request_id: string;
  readonly data: { readonly type?: string; readonly retry_after?: number; readonly [more: string]: unknown };
}

/**
 * One try. @returns the answer's `data`; an existing payment's data also counts, where `takesExisting` is set.
 * @throws PaymentClientError; UnclearOutcomeError if the try may have had an effect; CallAbortedError.
 */
export async function exchange({ fetch, clock }: Platform, request: Request, signal: AbortSignal): Promise<unknown> {
  const { method, url, body = null, key } = request;
  const inFlight = new AbortController();
  const [answer, text] = await until<readonly [Response, string]>(signal, (resolve, reject) => {
    // The timeout covers reading the body too: an answer may stop in the middle.
    const disarm = clock.after(TRY_TIMEOUT_MS, () => reject(ownFailure(request, 'TIMED_OUT')));
    // After a redirect, a POST would become a GET, and another server could receive the token.
    fetch(url, { method, body, headers: headersOf(request), redirect: 'manual', signal: inFlight.signal })
      .then(async (response) => [response, await read(response)] as const)
      .then(resolve, (cause: unknown) => reject(ownFailure(request, 'NETWORK_FAILED', { cause })));
    return () => {
      disarm();
      inFlight.abort();
    };
  });

  const { status, ok, headers } = answer;
  const envelope = parse(text, answer, request.expects || 'toString');
  const { code, message, request_id, data } = envelope ?? ({} as Partial<Envelope>);
  if (envelope && (ok || (request.takesExisting && data?.type === 'existing'))) return data;

  const said = headers.get('retry-after') ?? data?.retry_after;
  const facts = {
    status,
    retry_after_ms: said == null ? undefined : +said * 1_000 || Math.max(0, Date.parse('' + said) - clock.now()) || 0,
    // A 2xx that cannot be read has probably done the work; a retry under the same key returns the result.
    retryable: ok || RETRYABLE.test('' + status),
  };
  if (!envelope) throw ownFailure(request, 'BAD_ANSWER', facts);
  const inProgress = code === 'PAYMENT_IN_PROGRESS';
  // A provider has said no, and would say so again.
  const retryable = inProgress || (facts.retryable && !/_REFUSED$/.test(code!));
  throw failure(key, message!, { ...facts, code: code!, request_id: request_id!, data, retryable });
}

function headersOf({ token, language, key, body }: Request): Record<string, string> {
  return {
    ...(body && { 'content-type': 'application/json' }),
    ...(token && { authorization: 'Bearer ' + token }),
    ...(language && { 'accept-language': language }),
    ...(key && { 'idempotency-key': key }),
  };
}

/** @returns the text, up to the limit: text that is cut off is no valid JSON. */
async function read({ body }: Response): Promise<string> {
  const reader = (body as ReadableStream<Uint8Array> | null)?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < MAX_ANSWER_LENGTH) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  return '';
}

/** The envelope, if the text is one and agrees with the status line. */
function parse(text: string, { status, ok }: Response, expects: string): Envelope | undefined {
  try {
    const it = JSON.parse(text) as Envelope;
    const isOurs =
      it.status_code === status &&
      [it.message, it.request_id, ok ? '' : it.code].every((word) => typeof word === 'string') &&
      (!ok || expects in it.data);
    return isOurs ? it : undefined;
  } catch {
    return undefined;
  }
}
