import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Claim, type ClaimLostError, NO_CLAIM, type StoredAnswer } from './claim.js';
import type { Outcome } from './idempotency.js';

/** How a route handles its keys. */
export interface Policy {
  /**
   * How keys in the legacy spellings are handled. `replay`: as in the standard header. `handler`: a finished key goes
   * to the handler, with `claim.finished`; a running one is waited for.
   */
  readonly legacy?: 'replay' | 'handler';
  /**
   * Without a key, one is derived from caller, address and body, and kept this long after its final answer, so that a
   * double click or a blind retry does the work once. Where no answer was stored, the time runs from the outcome
   * (`outcomeOf`).
   */
  readonly derivedKeptMs?: number;
  /**
   * How a finished derived key is handled. `replay`: the stored bytes are sent. `handler`: the handler runs with
   * `claim.finished`, so that it can report a repetition; a running key is waited for.
   */
  readonly derived?: 'replay' | 'handler';
  /** False: a running key is refused at once, even where the handler answers a finished one. */
  readonly waits?: boolean;
  /**
   * The handler stores the key together with its work: in the transaction that `claim.settle` is called in, or, where
   * another system is asked in between, by `claim.hold` before that. It calls `claim.requireUnused` in its first
   * transaction. A key that turns out to be stored is then handled as without this.
   */
  readonly joins?: boolean;
}

export const POLICY = Symbol('idempotency policy');

/** The route accepts idempotency keys. */
export const Idempotent = (policy: Policy = {}) => SetMetadata(POLICY, policy);

export type WithClaim = { idempotencyClaim?: Claim };

/** Gives a handler its claim. Without a key, the claim's methods do nothing. */
export const CurrentClaim = createParamDecorator(
  (_: unknown, context: ExecutionContext): Claim =>
    context.switchToHttp().getRequest<WithClaim>().idempotencyClaim ?? NO_CLAIM,
);

/** Why a key is refused. Has `retryAfterSeconds` where waiting helps. */
export type Refusal =
  | { readonly why: 'missing' }
  | { readonly why: 'invalid'; readonly field: string; readonly problem: 'form' | 'differs' }
  | { readonly why: 'reused' }
  /** `key` is null where the client has sent none. */
  | { readonly why: 'running'; readonly key: string | null; readonly retryAfterSeconds: number }
  | { readonly why: 'waited-in-vain' }
  /** Another request has taken the key over. `cause` has the work's error as its own cause, if that failed: log it. */
  | { readonly why: 'lost'; readonly cause: ClaimLostError }
  /** The database was restored or failed over since the caller was identified. Nothing was written. */
  | { readonly why: 'epoch-changed' };

/** What an application configures. */
export interface IdempotencyOptions {
  /** Identifies the caller, so that two callers never share a key. Undefined: the request accepts no keys. */
  readonly caller: (request: unknown) => string | undefined;
  /**
   * The epoch of the database (`current_installation_epoch()`) in which the caller was identified. A transaction in
   * another epoch fails, since ids are reused after a restore. Without this option, restart every process after a
   * restore.
   */
  readonly epoch?: (request: unknown) => string | undefined;
  /** Identifies the caller in the cache, by names that are not reused after a restore and by the epoch. */
  readonly cachedFor?: (request: unknown) => readonly string[] | undefined;
  /** Renders a handler's answer to the bytes that are sent. */
  readonly render: (answer: unknown, request: unknown) => StoredAnswer;
  /**
   * Runs `effect` once the handler's transaction is committed, and never if it is not. Without this option, the library
   * looks up whether a settled answer was committed.
   */
  readonly afterCommit?: (tx: EntityManager, effect: () => void) => void;
  /** Converts a refusal to the application's error. */
  readonly refuse: (refusal: Refusal) => Error;
  /** Called for every finished key that is requested again, with its resource. Must not throw, and is not awaited. */
  readonly onRepeated?: (request: unknown, resource: string | null) => void;
  /**
   * The outcome of a resource (`claim.attach`) that an earlier request under the same key has made without storing an
   * answer. A voided resource frees the key. Without this option, an unfinished key can only be resumed by the same
   * request.
   */
  readonly outcomeOf?: (request: unknown, resource: string) => Promise<Outcome>;
  /** Refuse requests without a key. */
  readonly required?: boolean;
  /** How long a key is kept after its answer; 24 h by default. */
  readonly keepMs?: number;
  /** How long the store keeps an answer, never longer than the key; 5 minutes by default. */
  readonly cacheMs?: number;
  /** How long a claim lasts without an extension. Its owner extends it while it works. */
  readonly leaseMs?: number;
  /** How long a `handler` route waits for a running key; 5 s by default. */
  readonly waitMs?: number;
}

export const OPTIONS = Symbol('idempotency options');
