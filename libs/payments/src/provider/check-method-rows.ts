import { ConfigurationFault } from '#config';
import { pendingMigrations } from '#database';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PaymentProvider } from './payment-provider.js';
import { ProviderRegistry } from './provider-registry.js';

/** What a row of `payment_methods` says. */
interface MethodRow {
  readonly method: string;
  readonly confirmed_by: 'page' | 'staff';
  readonly refunded_by: 'provider' | 'staff';
}

/**
 * At the start: every registered method has its row, and the row says who confirms and refunds it. Otherwise the first payment
 * would fail at a foreign key, or its money would follow the rules of another kind of method.
 */
@Injectable()
export class CheckMethodRows implements OnApplicationBootstrap {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws ConfigurationFault */
  async onApplicationBootstrap(): Promise<void> {
    // An API of a new version may start before its migrations have run: it is not ready, and waits for them.
    const query = async (sql: string) => ({ rows: await this.dataSource.query<{ name: string }[]>(sql) });
    if ((await pendingMigrations(this.dataSource, { query })).length > 0) return;
    const rows = await this.dataSource.query<MethodRow[]>(
      'SELECT method, confirmed_by, refunded_by FROM payment_methods',
    );
    const faults = methodFaults(this.providers.all(), rows);
    if (faults.length > 0) throw new ConfigurationFault(faults);
  }
}

/** One sentence for each method whose row is missing or says something else than its provider. */
export function methodFaults(providers: readonly PaymentProvider[], rows: readonly MethodRow[]): string[] {
  return providers.flatMap((provider) =>
    provider.methods.flatMap((method) => {
      const row = rows.find((one) => one.method === method);
      if (!row) {
        return `Payment method ${method} has no row in payment_methods: run the migrations, with the migration of the provider ${provider.name}`;
      }
      const given: MethodRow = {
        method,
        confirmed_by: provider.hosted ? 'page' : 'staff',
        refunded_by: provider.refunds ? 'provider' : 'staff',
      };
      return (['confirmed_by', 'refunded_by'] as const)
        .filter((column) => row[column] !== given[column])
        .map(
          (column) =>
            `Payment method ${method} has ${column} = ${row[column]} in payment_methods, but its provider needs ${given[column]}: correct the migration of the provider ${provider.name}`,
        );
    }),
  );
}
