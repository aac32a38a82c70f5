import { EventRequeue } from '#payments';
import { Global, Module } from '@nestjs/common';
import { RequeueEvents } from './requeue-events.js';

/** Global, because payments needs the inbox's implementation of its port and must not import this module. */
@Global()
@Module({ providers: [{ provide: EventRequeue, useClass: RequeueEvents }], exports: [EventRequeue] })
export class WebhookInboxModule {}
