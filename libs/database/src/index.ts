export { DatabaseModule, DurabilityWarning } from './database.module.js';
export { dataSourceOptions } from './data-source-options.js';
export {
  asDatabaseError,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
  sqlStateOf,
} from './database-failures.js';
export { InstallationEpoch } from './installation-epoch.js';
export { OneWayClient, openDataSource } from './open-data-source.js';
export { ROLE_SETTINGS, requireSessionSettings, STARTUP_SETTINGS } from './session-settings.js';
export { countJobFailure, type JobFailures, readJobFailures } from './job-failures.js';
export { afterCommit, inTransaction } from './in-transaction.js';
export { rethrowIfUnreachable, takeApart } from './take-apart.js';
export { type Durability, judgeDurability, readDurability } from './durability.js';
export { migrate, pendingMigrations } from './migrate.js';
export { PAYMENT_METHOD_TERMS } from './payment-methods.js';
