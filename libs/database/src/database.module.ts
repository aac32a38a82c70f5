import { Config } from '#config';
import { type DynamicModule, Global, Injectable, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';
import { readDurability } from './durability.js';
import { InstallationEpoch } from './installation-epoch.js';
import { type OneWayClient, openDataSource } from './open-data-source.js';
import { requireSessionSettings } from './session-settings.js';

/** Global, since the whole process works in one epoch. */
@Global()
@Module({ providers: [InstallationEpoch], exports: [InstallationEpoch] })
class InstallationEpochModule {}

/** Logs one line after the start if Postgres may lose acknowledged commits. */
@Injectable()
export class DurabilityWarning {
  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
  ) {}

  /** Never rejects: readiness reports a failed check. */
  async look(): Promise<void> {
    try {
      const { status, message, ...settings } = await readDurability((sql) => this.dataSource.query(sql));
      if (status === 'warning') this.logger.warn(settings, `Database: Not durable. ${message}`);
    } catch (error) {
      this.logger.warn({ err: error }, 'Database: Durability could not be checked');
    }
  }
}

/** Provides this process' one DataSource to every module. */
@Module({})
export class DatabaseModule {
  static for(applicationName: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        InstallationEpochModule,
        TypeOrmModule.forRootAsync({
          inject: [Config, InstallationEpoch],
          useFactory: (config: Config, epoch: InstallationEpoch) => ({
            ...dataSourceOptions(config, applicationName, {
              onConnect: async (client: OneWayClient) => {
                if (config.DATABASE_PREPARED_STATEMENTS === 'auto') await client.preparesUnlessPooled();
                else client.prepares = config.DATABASE_PREPARED_STATEMENTS === 'on';
                await epoch.lookAt(client);
              },
            }),
            // One try: whatever starts this process (npm start, compose, an orchestrator) decides about retries.
            retryAttempts: 1,
            // main.ts explains the failure in one sentence; Nest would log a stack first.
            toRetry: () => false,
          }),
          dataSourceFactory: async (options) => openForService(options!),
        }),
      ],
      providers: [DurabilityWarning],
    };
  }
}

/** @throws ConfigurationFault when a session has unsuitable settings. */
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
