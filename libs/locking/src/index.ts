export { ChoosingBackend, type ChoiceObserver } from './choosing-backend.js';
export { LapsedLeases } from './lapsed-leases.js';
export { type Holder, type Lease, type LockBackend, type ReleaseWatch } from './lock-backend.js';
export { LockingModule } from './locking.module.js';
export { type HeldRow, LocksHeld } from './locks-held.js';
export { LockLostError, type LockObserver, type LockOptions, Locks } from './locks.js';
export { PostgresBackend } from './postgres-backend.js';
export { RedisBackend } from './redis-backend.js';
