export { AnswerCache, type KeyValueStore } from './answer-cache.js';
export { ResultVoidedError, type Claim, ClaimLostError, type StoredAnswer } from './claim.js';
export { EpochChangedError } from './epoch-changed.js';
export { Idempotency, type Outcome } from './idempotency.js';
export { IdempotencyInterceptor } from './idempotency.interceptor.js';
export { type KeyState, KeysInUse } from './keys-in-use.js';
export { IdempotencyModule } from './idempotency.module.js';
export { CurrentClaim, Idempotent, type IdempotencyOptions, POLICY, type Policy, type Refusal } from './policy.js';
