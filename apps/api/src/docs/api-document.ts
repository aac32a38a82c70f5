import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What the running program is, in OpenAPI 3.1: made when it is first asked for, and kept. */
@Injectable()
export class ApiDocument {
  private app: NestFastifyApplication | undefined;
  private text: Promise<string> | undefined;

  /** Told by whoever starts the program: Nest gives an application to nobody inside of it. */
  describes(app: NestFastifyApplication): void {
    this.app = app;
  }

  async asJson(): Promise<string> {
    this.text ??= this.make();
    return this.text;
  }

  private async make(): Promise<string> {
    if (!this.app) throw new Error('The document was not told whose it is');
    const { buildDocument } = await import('./build-document.js');
    return JSON.stringify(buildDocument(this.app));
  }
}
