import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Leases that ended without being released, by owners that died. They block nobody; they only take up room. */
@Injectable()
export class LapsedLeases {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns how many rows went. */
  async sweep(): Promise<number> {
    const [, swept] = await this.dataSource.query<[unknown[], number]>(
      `DELETE FROM concurrency_locks WHERE lock_key IN (
         SELECT lock_key FROM concurrency_locks WHERE expires_at < clock_timestamp() - interval '1 minute'
         ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED)`,
    );
    return swept;
  }
}
