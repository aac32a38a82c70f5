import { Global, Module } from '@nestjs/common';
import { AuditLog } from './audit-log.js';
import { AuditQueue } from './audit-queue.js';

/** Global, since the options of other modules use it. */
@Global()
@Module({ providers: [AuditLog, AuditQueue], exports: [AuditLog, AuditQueue] })
export class AuditModule {}
