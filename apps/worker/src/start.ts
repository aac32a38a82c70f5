import 'reflect-metadata';
import { type Config, parseConfig } from '#config';
import { DurabilityWarning } from '#database';
import { explainBootFailure, stopInOrder } from '#process';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { WorkerModule } from './worker.module.js';

async function boot(config: Config): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(WorkerModule.for(config), {
    logger: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  stopInOrder(() => app.close());
  app.get(Logger).log('Worker: Ready');
  return app;
}

/** Never rejects: what keeps it from starting is told, and ends the process. */
export async function start(): Promise<void> {
  try {
    const app = await boot(parseConfig(process.env));
    process.send?.({ type: 'ready' });
    await app.get(DurabilityWarning, { strict: false }).look();
  } catch (error) {
    explainBootFailure(error);
  }
}
