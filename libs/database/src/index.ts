export { DatabaseModule } from './database.module.js';
export { dataSourceOptions } from './data-source-options.js';
export {
  asDatabaseError,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
  sqlStateOf,
} from './database-failures.js';
export { countJobFailure, type JobFailures, readJobFailures } from './job-failures.js';
export { inTransaction } from './in-transaction.js';
export { OneWayClient, openDataSource } from './open-data-source.js';
export { rethrowIfAway, takeApart } from './take-apart.js';
export { migrate, pendingMigrations } from './migrate.js';
