import { setTimeout as pause } from 'node:timers/promises';
import type { Attempt } from '../state/rows.js';
import { signatureHeader } from './signature.js';

/** An endpoint that has not answered by then has failed. https://docs.stripe.com/webhooks#acknowledge-events-immediately */
const MAX_ANSWER_MS = 10_000;

/** The result of an attempt that a fault has lost. */
export const LOST = 'lost on purpose';

interface Post {
  readonly url: string;
  readonly payload: string;
  readonly secrets: readonly string[];
  readonly copies: number;
  readonly delay_ms: number;
  readonly lose: boolean;
  readonly at_ms: number;
  /** Seconds, read when the attempt is sent. */
  readonly signing_time: () => number;
  readonly closing: AbortSignal;
}

/**
 * One attempt to deliver an event to an endpoint, in as many copies as a fault requests. @returns undefined if
 * aborted.
 */
export async function post(wish: Post): Promise<Attempt | undefined> {
  const { copies, at_ms } = wish;
  try {
    if (wish.delay_ms > 0) await pause(wish.delay_ms, undefined, { signal: wish.closing });
    // Lost by a fault: for Stripe, the endpoint did not answer.
    if (wish.lose) return { at_ms, status: null, error: LOST, copies };
    const answers = await Promise.allSettled(Array.from({ length: copies }, () => send(wish)));
    const statuses = answers.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value);
    const best = statuses.find((status) => status >= 200 && status < 300) ?? statuses[0];
    if (best !== undefined) return { at_ms, status: best, error: null, copies };
    if (wish.closing.aborted) return undefined;
    const failed = answers.find((answer) => answer.status === 'rejected');
    return { at_ms, status: null, error: explain(failed?.reason), copies };
  } catch (error) {
    if (wish.closing.aborted) return undefined;
    throw error;
  }
}

async function send({ url, payload, secrets, signing_time, closing }: Post): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      ...(secrets.length === 0 ? {} : { 'stripe-signature': signatureHeader(payload, secrets, signing_time()) }),
    },
    body: payload,
    // A redirect is not an acknowledgement. https://docs.stripe.com/webhooks#http-status-codes
    redirect: 'manual',
    signal: AbortSignal.any([closing, AbortSignal.timeout(MAX_ANSWER_MS)]),
  });
  await answer.arrayBuffer();
  return answer.status;
}

function explain(reason: unknown): string {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  const cause = error.cause as { code?: string } | undefined;
  return cause?.code ?? error.name;
}
