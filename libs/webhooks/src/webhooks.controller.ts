import type { Answer } from '#answers';
import { Public } from '#auth';
import { UnsupportedMediaType } from '#errors';
import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ReceiveEvent } from './receive-event.js';

@Public()
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly receiveEvent: ReceiveEvent) {}

  /** The edge hands this route its bytes as they came: the signature is of them. */
  @Post('stripe')
  async stripe(@Req() request: FastifyRequest): Promise<Answer> {
    const { body, headers, id } = request;
    if (!Buffer.isBuffer(body)) throw new UnsupportedMediaType();
    const signature = headers['stripe-signature'];
    return this.receiveEvent.run(body, Array.isArray(signature) ? undefined : signature, id);
  }
}
