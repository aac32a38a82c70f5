import { Contract } from '#answers';
import { Public } from '#auth';
import { RouteNotFound } from '#errors';
import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bytesFor, GUARDING_HEADERS } from '../pages/serve-pages.js';
import { ApiDocument } from './api-document.js';
import { DOCS_PAGE, fileOfPage } from './docs-page.js';

/** A new version may be seen an hour later. */
const AN_HOUR = 'public, max-age=3600';

/** The API's documentation, for people and for programs. It contains no secret. */
@Public()
@Controller()
export class DocsController {
  constructor(private readonly document: ApiDocument) {}

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Contract({ does: 'This document as a page.', plain: 'text/html' })
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.headers(GUARDING_HEADERS);
    return DOCS_PAGE;
  }

  @Get('docs-json')
  @Header('content-type', 'application/json; charset=utf-8')
  @Contract({ does: 'This document.', plain: 'application/json' })
  async json(): Promise<string> {
    return this.document.asJson();
  }

  @Get('docs/:file')
  @Contract({ does: 'Files that this page loads.', plain: '*/*', refuses: [RouteNotFound] })
  async file(
    @Param('file') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const file = await fileOfPage(name);
    if (!file) throw new RouteNotFound();
    void reply.headers({ 'cache-control': AN_HOUR, 'x-content-type-options': 'nosniff' });
    return bytesFor(file, request, reply);
  }
}
