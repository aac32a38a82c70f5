export { type After, AuditLog, type AuditedEntry, type AuditEntry, type Lane, type WatchedEntry } from './audit-log.js';
export { AuditModule } from './audit.module.js';
