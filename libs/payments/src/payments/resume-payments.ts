import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../provider/provider-registry.js';

/** For the worker: each provider finishes interrupted work and checks what is due. */
@Injectable()
export class ResumePayments {
  constructor(private readonly providers: ProviderRegistry) {}

  /** @returns how many payments and refunds were checked */
  async run(): Promise<number> {
    let looked = 0;
    for (const provider of this.providers.all()) looked += (await provider.resumeDue?.()) ?? 0;
    return looked;
  }
}
