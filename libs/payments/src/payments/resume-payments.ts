import { countJobFailure, rethrowIfUnreachable } from '#database';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Ledger } from '../ledger/ledger.js';
import { ProviderRegistry } from '../provider/provider-registry.js';

const JOB = 'resume-payments';

/** For the worker: each provider finishes interrupted work and checks what is due. */
@Injectable()
export class ResumePayments {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly ledger: Ledger,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ResumePayments.name);
  }

  /** A provider that fails does not block the others. @returns how many payments and refunds were checked */
  async run(): Promise<number> {
    let looked = 0;
    for (const provider of this.providers.all()) {
      try {
        looked += (await provider.resumeDue?.()) ?? 0;
      } catch (error) {
        rethrowIfUnreachable(error);
        this.logger.error({ job: JOB, provider: provider.name, err: error }, 'Worker: Job failed');
        await countJobFailure(this.ledger.manager, JOB, error);
      }
    }
    return looked;
  }
}
