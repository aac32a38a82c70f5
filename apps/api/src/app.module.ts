import { AuditModule } from '#audit';
import { AuthModule, UsersModule } from '#auth';
import { type Config, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { IdempotencyInterceptor } from '#idempotency';
import { LockingModule } from '#locking';
import { LoggingModule, MetricsModule } from '#observability';
import { type Extensions, PaymentsHttpModule, PaymentsModule } from '#payments';
import { RedisModule } from '#redis';
import { StripeModule } from '#stripe';
import { requestValidation } from '#validation';
import { WebhooksHttpModule, WebhooksModule } from '#webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ApiDocument } from './docs/api-document.js';
import { DocsController } from './docs/docs.controller.js';
import { AnswerInterceptor } from './edge/answer.interceptor.js';
import { EpochInterceptor } from './edge/epoch.interceptor.js';
import { ErrorFilter } from './edge/error.filter.js';
import { PayonceIdempotency } from './edge/idempotency.js';
import { HealthChecks } from './health/checks.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './health/metrics.controller.js';
import { Readiness } from './health/readiness.js';
import { WorkerMetrics } from './health/worker-metrics.js';
import { LiveController } from './ops/live.controller.js';
import { LiveAudit } from './ops/live-audit.js';
import { OpsController } from './ops/ops.controller.js';

/** The whole API: imports the libraries, and provides the HTTP layer. */
@Module({})
export class AppModule {
  static for(config: Config, { providers = [] }: Extensions = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        LoggingModule.register(),
        MetricsModule,
        DatabaseModule.for('payonce-api'),
        RedisModule,
        StripeModule,
        AuthModule,
        UsersModule,
        AuditModule,
        LockingModule,
        PayonceIdempotency,
        PaymentsModule,
        PaymentsHttpModule,
        ...providers,
        WebhooksModule,
        WebhooksHttpModule,
      ],
      controllers: [HealthController, MetricsController, OpsController, LiveController, DocsController],
      providers: [
        Readiness,
        HealthChecks,
        WorkerMetrics,
        ApiDocument,
        LiveAudit,
        { provide: APP_FILTER, useClass: ErrorFilter },
        // The first is the outer one: it sees the second one's result for a key.
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_INTERCEPTOR, useExisting: IdempotencyInterceptor },
        // Inside the idempotency interceptor: its replays are stored for the current epoch only.
        { provide: APP_INTERCEPTOR, useClass: EpochInterceptor },
        { provide: APP_PIPE, useFactory: requestValidation },
      ],
    };
  }
}
