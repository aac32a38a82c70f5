import { Contract } from '#answers';
import { Roles } from '#auth';
import { ValidationFailed } from '#errors';
import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LiveAudit } from './live-audit.js';
import { LiveEntry } from './ops-answers.js';

/**
 * Streams new entries of the audit log, for a dashboard
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 */
@Controller('v1/ops/live')
@Roles('staff', 'service')
export class LiveController {
  constructor(private readonly live: LiveAudit) {}

  @Get()
  @Contract({
    does: 'Streams new entries of the audit log as server-sent events.',
    plain: 'text/event-stream',
    events: LiveEntry,
    headers: { 'Last-Event-ID': 'The id of the last entry received; the stream continues after it.' },
    refuses: [ValidationFailed],
  })
  async watch(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Headers('last-event-id') last?: string,
  ): Promise<void> {
    const watcher = await this.live.admit(last);
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': request.id,
      // A kept-alive connection would delay the shutdown.
      connection: 'close',
      // nginx would otherwise buffer the stream.
      'x-accel-buffering': 'no',
    });
    void watcher.feed(reply.raw);
  }
}
