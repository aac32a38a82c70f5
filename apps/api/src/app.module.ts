import { AuthModule } from '#auth';
import { type Config, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { LoggingModule } from '#observability';
import { PaymentsHttpModule } from '#payments';
import { RedisModule } from '#redis';
import { requestValidation } from '#validation';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AnswerInterceptor } from './edge/answer.interceptor.js';
import { ErrorFilter } from './edge/error.filter.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';

/** The whole API, wired: rooms below, the HTTP edge here. */
@Module({})
export class AppModule {
  static for(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        LoggingModule.register(),
        DatabaseModule.for('payonce-api'),
        RedisModule,
        AuthModule,
        PaymentsHttpModule,
      ],
      controllers: [HealthController],
      providers: [
        Readiness,
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_PIPE, useFactory: requestValidation },
      ],
    };
  }
}
