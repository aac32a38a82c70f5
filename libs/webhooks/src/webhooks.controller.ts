import { type Answer, Contract } from '#answers';
import { Public } from '#auth';
import { WebhookSignatureInvalid } from '#errors';
import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ReceivedEvent } from './event-answers.js';
import { ReceiveEvent } from './receive-event.js';

@Public()
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly receiveEvent: ReceiveEvent) {}

  /** This route receives the raw body, because the signature covers its bytes. */
  @Post('stripe')
  @Contract({
    does: 'Receives Stripe’s webhooks, verified by their signature. An event is stored before it is acknowledged; a repeated delivery changes nothing.',
    answers: { 200: ReceivedEvent },
    headers: { 'Stripe-Signature': 'Of the bytes of the body: https://docs.stripe.com/webhooks/signature' },
    refuses: [WebhookSignatureInvalid],
    bytes: true,
  })
  async stripe(@Req() request: FastifyRequest): Promise<Answer<ReceivedEvent>> {
    const { headers, id } = request;
    // An empty body contains nothing to read and nothing to sign.
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = headers['stripe-signature'];
    return this.receiveEvent.run(body, Array.isArray(signature) ? undefined : signature, id);
  }
}
