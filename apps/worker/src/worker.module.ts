import { type Config, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { IdempotencyModule } from '#idempotency';
import { LockingModule } from '#locking';
import { LoggingModule, MetricsModule } from '#observability';
import { type Extensions, PaymentsModule } from '#payments';
import { RedisModule } from '#redis';
import { WebhooksModule } from '#webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { Schedule } from './schedule.js';

/** The same libraries as the API, without its HTTP layer: recovery runs the same use cases as the API. */
@Module({})
export class WorkerModule {
  static for(config: Config, { providers = [] }: Extensions = {}): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.with(config),
        LoggingModule.register(),
        MetricsModule,
        DatabaseModule.for('payonce-worker'),
        RedisModule,
        IdempotencyModule.withoutHttp(),
        LockingModule,
        PaymentsModule,
        ...providers,
        WebhooksModule,
      ],
      providers: [Schedule],
    };
  }
}
