import { Config } from '#config';
import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from './data-source-options.js';
import { openDataSource } from './open-data-source.js';

/** Gives every room the one DataSource of this process. */
@Module({})
export class DatabaseModule {
  static for(applicationName: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [Config],
          useFactory: (config: Config) => ({
            ...dataSourceOptions(config, applicationName),
            // One try: whoever starts us (npm start, compose, an orchestrator) decides about trying again.
            retryAttempts: 1,
            // main.ts tells a person what is wrong in one sentence; Nest would log a stack first.
            toRetry: () => false,
          }),
          dataSourceFactory: async (options) => openDataSource(options!),
        }),
      ],
    };
  }
}
