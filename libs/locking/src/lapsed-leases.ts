import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The most rows that one sweep removes; the next sweep continues. */
const MAX_ROWS = 1_000;

const IS_LAPSED = `expires_at < clock_timestamp() - interval '1 minute'`;

/** Leases that ended without a release, because their owners died. They block no caller; they only take up space. */
@Injectable()
export class LapsedLeases {
  /** The last key of a sweep that found rows it could not remove: the next sweep continues after it. */
  private after = '';

  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param refused is called for a row that cannot be removed, and the others are removed; without it such a row ends
   * the sweep
   * @returns how many rows were removed.
   */
  async sweep(refused?: (lock_key: string, error: unknown) => Promise<void>): Promise<number> {
    try {
      const [, swept] = await this.dataSource.query<[unknown[], number]>(
        `DELETE FROM concurrency_locks WHERE lock_key IN (
           SELECT lock_key FROM concurrency_locks WHERE ${IS_LAPSED}
           ORDER BY expires_at LIMIT ${MAX_ROWS} FOR UPDATE SKIP LOCKED)`,
      );
      return swept;
    } catch (error) {
      if (!refused) throw error;
      return this.sweepEach(refused);
    }
  }

  private async sweepEach(refused: (lock_key: string, error: unknown) => Promise<void>): Promise<number> {
    const keys = await this.dataSource.query<{ lock_key: string }[]>(
      `SELECT lock_key FROM concurrency_locks WHERE ${IS_LAPSED} AND lock_key > $1 ORDER BY lock_key LIMIT ${MAX_ROWS}`,
      [this.after],
    );
    let swept = 0;
    for (const { lock_key } of keys) {
      try {
        const [, gone] = await this.dataSource.query<[unknown[], number]>(
          `DELETE FROM concurrency_locks WHERE lock_key = $1 AND ${IS_LAPSED}`,
          [lock_key],
        );
        swept += gone;
      } catch (error) {
        await refused(lock_key, error);
      }
    }
    this.after = keys.length < MAX_ROWS ? '' : keys.at(-1)!.lock_key;
    return swept;
  }
}
