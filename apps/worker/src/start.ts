import 'reflect-metadata';
import { type Config, parseConfig } from '#config';
import { DurabilityWarning } from '#database';
import { explainBootFailure, stopInOrder } from '#process';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { WorkerModule } from './worker.module.js';

async function boot(config: Config): Promise<void> {
  const app = await NestFactory.createApplicationContext(WorkerModule.for(config), {
    logger: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  stopInOrder(() => app.close());
  app.get(Logger).log('Worker: Ready');
  await app.get(DurabilityWarning, { strict: false }).look();
}

/** Never rejects: what keeps it from starting is told, and ends the process. */
export async function start(): Promise<void> {
  try {
    await boot(parseConfig(process.env));
    process.send?.({ type: 'ready' });
  } catch (error) {
    explainBootFailure(error);
  }
}
