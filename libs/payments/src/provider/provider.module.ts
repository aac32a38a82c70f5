import { Module } from '@nestjs/common';
import { ProviderRegistry } from './provider-registry.js';
import { OwnAddresses } from './return-urls.js';

/** The port between use cases and providers. */
@Module({ providers: [ProviderRegistry, OwnAddresses], exports: [ProviderRegistry, OwnAddresses] })
export class ProviderModule {}
