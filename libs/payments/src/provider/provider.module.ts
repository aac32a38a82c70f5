import { Module } from '@nestjs/common';
import { CheckMethodRows } from './check-method-rows.js';
import { ProviderRegistry } from './provider-registry.js';
import { ReturnUrls } from './return-urls.js';

/** The port between use cases and providers. */
@Module({ providers: [ProviderRegistry, ReturnUrls, CheckMethodRows], exports: [ProviderRegistry, ReturnUrls] })
export class ProviderModule {}
