import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { type Config, parseConfig } from '#config';
import { DurabilityWarning } from '#database';
import { type Extensions, ProviderRegistry, ReturnUrls } from '#payments';
import { explainBootFailure, stopInOrder } from '#process';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { useContainer } from 'class-validator';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { ApiDocument } from './docs/api-document.js';
import { fastifyAdapter, prefixRoutes } from './edge/fastify.js';
import { servePages } from './pages/serve-pages.js';

/**
 * How long requests may finish while the API stops: two tries of a call to Stripe with the default timeout, and less
 * than the ten seconds after which the process is ended (`stopInOrder`). A client whose request is cut off retries
 * with its key.
 */
const SHUTDOWN_GRACE_MS = 8_000;

/**
 * Nest creates the validation rules that need the configuration. class-validator asks for a rule at each validation, and
 * Nest throws for those that it does not create, which costs more than to validate.
 */
function validatorsOf(context: INestApplicationContext) {
  const validators = new Map<Type, unknown>();
  return {
    get<Validator>(type: Type<Validator>): Validator | undefined {
      if (!validators.has(type)) validators.set(type, instanceOf(context, type));
      return validators.get(type) as Validator | undefined;
    },
  };
}

function instanceOf<Validator>(context: INestApplicationContext, type: Type<Validator>): Validator | undefined {
  try {
    return context.get(type);
  } catch {
    // One of class-validator's own.
    return undefined;
  }
}

/** Starts the API. @returns it, and its address, with the port really taken. */
async function boot(config: Config, extensions: Extensions): Promise<{ app: NestFastifyApplication; url: string }> {
  const module = AppModule.for(config, extensions);
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(config), {
    // Nest's own lines during boot (one for each module and route, a stack for each fault) do not help a reader of a
    // service's log; a failure is reported below, once.
    logger: false,
    abortOnError: false,
  });
  useContainer(validatorsOf(app.select(module)), { fallback: true });
  prefixRoutes(app);
  servePages(app.getHttpAdapter().getInstance(), config, app.get(ProviderRegistry, { strict: false }));
  app.get(ApiDocument).describes(app);
  stopInOrder(() => {
    // A client that neither disconnects nor reads its answer must not delay the shutdown.
    setTimeout(() => app.getHttpServer().closeAllConnections(), SHUTDOWN_GRACE_MS).unref();
    return app.close();
  });
  await app.listen(config.PORT, config.HOST);
  app.get(ReturnUrls, { strict: false }).listensOn((app.getHttpServer().address() as AddressInfo).port);
  app.useLogger(app.get(Logger));
  const url = await app.getUrl();
  app.get(Logger).log(`API: Listening on ${url}`);
  return { app, url };
}

/** Runs the API, with providers of your own if you have any (docs/contributing/add-a-provider.md). Never rejects: a failure to start is reported and ends the process. */
export async function start(extensions: Extensions = {}): Promise<void> {
  try {
    const { app, url } = await boot(parseConfig(process.env), extensions);
    process.send?.({ type: 'listening', url });
    // After the start, which must not wait for this.
    await app.get(DurabilityWarning, { strict: false }).look();
  } catch (error) {
    explainBootFailure(error);
  }
}
