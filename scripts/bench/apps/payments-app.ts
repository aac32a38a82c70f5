import 'reflect-metadata';
import {
  Body,
  Controller,
  HttpCode,
  Inject,
  Module,
  Post,
  Req,
  type Type,
  UseGuards,
  UseInterceptors,
  ValidationPipe,
  type NestInterceptor,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Logger, LoggerModule } from 'nestjs-pino';
import pg from 'pg';
import { CreatePayment, CreatePaymentRequest } from './create-payment.js';
import { ENTITIES } from './entities.js';
import { type AuthenticatedRequest, TokenGuard } from './token-guard.js';

/** The default of DATABASE_POOL_SIZE. */
const POOL_SIZE = 20;

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * The application that somebody would write instead of Payonce: Nest on Fastify, TypeORM, pino, a token check, validation.
 * It listens on a free port, and sends its URL over the IPC channel.
 * @param interceptors of the route, such as one for idempotency keys
 */
export async function servePayments(interceptors: NestInterceptor[] = []): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(moduleWith(interceptors), new FastifyAdapter(), {
    bufferLogs: true,
  });
  app.useLogger(app.get(Logger));
  await app.listen(0, '127.0.0.1');
  process.send?.({ url: await app.getUrl() });
  process.on('disconnect', () => process.exit());
}

function moduleWith(interceptors: NestInterceptor[]): Type {
  @Controller('api/v1/payments')
  class PaymentsController {
    constructor(@Inject(CreatePayment) private readonly createPayment: CreatePayment) {}

    @Post()
    @HttpCode(201)
    @UseGuards(TokenGuard)
    @UseInterceptors(...interceptors)
    async create(
      @Req() request: AuthenticatedRequest,
      @Body(new ValidationPipe({ expectedType: CreatePaymentRequest, whitelist: true, forbidNonWhitelisted: true }))
      body: CreatePaymentRequest,
    ) {
      const data = await this.createPayment.run(request.user_id, body);
      return { status_code: 201, message: 'Payment created successfully', request_id: request.id, data };
    }
  }

  @Module({
    imports: [
      LoggerModule.forRoot(),
      TypeOrmModule.forRoot({
        type: 'postgres',
        url: process.env['DATABASE_URL']!,
        poolSize: POOL_SIZE,
        entities: ENTITIES,
        installExtensions: false,
      }),
    ],
    controllers: [PaymentsController],
    providers: [CreatePayment, TokenGuard],
  })
  class PaymentsModule {}
  return PaymentsModule;
}
