import { Config } from '#config';
import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from './data-source-options.js';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { openDataSource } from './open-data-source.js';
import { requireSessionSettings } from './session-settings.js';

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
          dataSourceFactory: async (options) => openForService(options!),
        }),
      ],
    };
  }
}

/** @throws ConfigurationFault when a session has settings that we cannot work with. */
async function openForService(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await openDataSource(options);
  try {
    await requireSessionSettings(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}
