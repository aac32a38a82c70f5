import { type Config, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { LoggingModule } from '#observability';
import { PaymentsModule } from '#payments';
import { type DynamicModule, Module } from '@nestjs/common';
import { Schedule } from './schedule.js';

/** The same rooms as the API, without its HTTP edge: recovery runs the use cases that everybody runs. */
@Module({})
export class WorkerModule {
  static for(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.with(config),
        LoggingModule.register(),
        DatabaseModule.for('payonce-worker'),
        PaymentsModule,
      ],
      providers: [Schedule],
    };
  }
}
