import 'reflect-metadata';
import { type Config, ConfigurationFault, parseConfig } from '#config';
import { DurabilityWarning } from '#database';
import { Metrics, serveMetrics } from '#observability';
import type { Extensions } from '#payments';
import { explainBootFailure, stopInOrder } from '#process';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { WorkerModule } from './worker.module.js';

/** Starts the worker. @returns it, and where its metrics are served, empty if nowhere. */
async function boot(config: Config, extensions: Extensions): Promise<{ app: INestApplicationContext; url: string }> {
  const app = await NestFactory.createApplicationContext(WorkerModule.for(config, extensions), {
    logger: false,
    abortOnError: false,
  });
  const logger = app.get(Logger);
  app.useLogger(logger);
  const served = await serve(app.get(Metrics), config);
  stopInOrder(async () => {
    // Last, so that the metrics also count the work during shutdown.
    await app.close();
    served?.close();
  });
  if (served) logger.log(`Worker: Metrics on ${served.url}/metrics`);
  logger.log('Worker: Ready');
  return { app, url: served?.url ?? '' };
}

/** @throws ConfigurationFault where it cannot listen */
async function serve(metrics: Metrics, { WORKER_METRICS_PORT: port, HOST: host }: Config) {
  if (port === undefined) return undefined;
  try {
    return await serveMetrics(metrics, { host, port });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ConfigurationFault([
      `WORKER_METRICS_PORT cannot be used (${code}): choose another, or 0 for any free one`,
    ]);
  }
}

/** Never rejects: what keeps it from starting is told, and ends the process. */
export async function start(extensions: Extensions = {}): Promise<void> {
  try {
    const { app, url } = await boot(parseConfig(process.env), extensions);
    process.send?.({ type: 'ready', url });
    await app.get(DurabilityWarning, { strict: false }).look();
  } catch (error) {
    explainBootFailure(error);
  }
}
