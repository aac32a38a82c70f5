import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** Listens on PORT and says so over the IPC channel. */
export async function listen(module: object): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: ['error'] });
  await app.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1');
  process.send?.({ url: await app.getUrl() });
}
