import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { type Claim, NO_CLAIM, type StoredAnswer } from './claim.js';
import type { Outcome } from './idempotency.js';

/** How a route treats its keys. */
export interface Policy {
  /**
   * What the older spellings get. `replay`: the same as the standard header. `handler`: a finished key goes to the
   * handler, with `claim.finished`; a running one is waited for.
   */
  readonly legacy?: 'replay' | 'handler';
  /**
   * Without a key, one is derived from caller, address and body, and kept this long after its final answer: a double
   * click or a blind retry does the work once. Where the answer was lost, the time runs from the outcome (`outcomeOf`).
   */
  readonly derivedKeptMs?: number;
  /**
   * What a finished derived key gets. `replay`: the stored bytes. `handler`: the handler, with `claim.finished`, so that
   * it can say that this is a repetition; a running one is waited for.
   */
  readonly derived?: 'replay' | 'handler';
  /** False: a running key is refused at once also where the handler answers a finished one. */
  readonly waits?: boolean;
}

export const POLICY = Symbol('idempotency policy');

/** The route takes idempotency keys. */
export const Idempotent = (policy: Policy = {}) => SetMetadata(POLICY, policy);

export type WithClaim = { idempotencyClaim?: Claim };

/** Hands a handler its claim; one that does nothing when the request has no key. */
export const CurrentClaim = createParamDecorator(
  (_: unknown, context: ExecutionContext): Claim =>
    context.switchToHttp().getRequest<WithClaim>().idempotencyClaim ?? NO_CLAIM,
);

/** What can be wrong with a key. `retryAfterSeconds` where waiting helps. */
export type Refusal =
  | { readonly why: 'missing' }
  | { readonly why: 'invalid'; readonly field: string; readonly problem: 'form' | 'differs' }
  | { readonly why: 'reused' }
  /** `key` is null where the client has given none. */
  | { readonly why: 'running'; readonly key: string | null; readonly retryAfterSeconds: number }
  | { readonly why: 'waited-in-vain' }
  | { readonly why: 'lost' }
  /** The database was restored or failed over since the caller was identified; nothing was written. */
  | { readonly why: 'epoch-changed' };

/** How an application plugs the library in. */
export interface IdempotencyOptions {
  /** Whose key it is: one caller's key is never another's. Undefined: the request takes no keys. */
  readonly caller: (request: unknown) => string | undefined;
  /**
   * The epoch of the database (`current_installation_epoch()`) in which the caller was identified: a transaction that finds
   * another one fails, since ids come again after a restore. Without it, restart every process after a restore.
   */
  readonly epoch?: (request: unknown) => string | undefined;
  /** Who it is to the cache, in names that do not come again after a restore; with the epoch among them. */
  readonly cachedFor?: (request: unknown) => readonly string[] | undefined;
  /** A handler's answer in the bytes in which it goes out. */
  readonly render: (answer: unknown, request: unknown) => StoredAnswer;
  /** The error for a refusal, as the application answers it. */
  readonly refuse: (refusal: Refusal) => Error;
  /** Told of every finished key that was asked for again, with what its work had made. Must not throw, nor be waited for. */
  readonly onRepeated?: (request: unknown, resource: string | null) => void;
  /**
   * What has become of what an earlier request under the same key has made (`claim.attach`), and left without an answer.
   * What came to nothing holds the key no longer. Without it, an unfinished key is the same request's for ever.
   */
  readonly outcomeOf?: (request: unknown, resource: string) => Promise<Outcome>;
  /** Refuse requests without a key. */
  readonly required?: boolean;
  /** How long a key is kept after its answer; 24 h. */
  readonly keepMs?: number;
  /** How long the store has its answer, and never longer than the key; 5 minutes. */
  readonly cacheMs?: number;
  /** How long an owner that says nothing is believed to live; extended while it works. */
  readonly leaseMs?: number;
  /** How long a `handler` route waits for a running key; 5 s. */
  readonly waitMs?: number;
}

export const OPTIONS = Symbol('idempotency options');
