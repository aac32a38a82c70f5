import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The OpenAPI 3.1 document of the running program: built at the first request, and cached. */
@Injectable()
export class ApiDocument {
  private app: NestFastifyApplication | undefined;
  private text: Promise<string> | undefined;

  /** Called by the code that starts the program: Nest cannot inject the application itself. */
  describes(app: NestFastifyApplication): void {
    this.app = app;
  }

  async asJson(): Promise<string> {
    this.text ??= this.make();
    return this.text;
  }

  private async make(): Promise<string> {
    if (!this.app) throw new Error('Set the application before the document is read');
    const { buildDocument } = await import('./build-document.js');
    return JSON.stringify(buildDocument(this.app));
  }
}
