export { AUDIT_ACTIONS, type AuditAction } from './audit-actions.js';
export {
  type After,
  AuditLog,
  type AuditedEntry,
  type AuditEntry,
  type Lane,
  LANES,
  type WatchedEntry,
} from './audit-log.js';
export { AuditQueue } from './audit-queue.js';
export { AuditModule } from './audit.module.js';
