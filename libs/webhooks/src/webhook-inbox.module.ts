import { EventRequeue } from '#payments';
import { Global, Module } from '@nestjs/common';
import { RequeueEvents } from './requeue-events.js';

/** Global, since payments needs the inbox's side of its port and must not import this room. */
@Global()
@Module({ providers: [{ provide: EventRequeue, useClass: RequeueEvents }], exports: [EventRequeue] })
export class WebhookInboxModule {}
