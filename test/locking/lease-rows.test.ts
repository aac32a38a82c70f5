import type { DataSource } from 'typeorm';
import { PostgresBackend } from '../../libs/locking/src/postgres-backend.js';
import { useStack } from '../support/use-stack.js';
import { openSource } from '../webhooks/support/source.js';

const TTL_MS = 60_000;

/** Each condition of the statements by which leases are taken, extended and released, alone. */
describe('a lease in Postgres', () => {
  const stack = useStack({ apis: 0 });
  let source: DataSource;
  let backend: PostgresBackend;
  beforeAll(async () => {
    source = await openSource(stack.database.url);
    stack.atEnd(() => source.destroy());
    backend = new PostgresBackend(source);
  });
  let count = 0;
  const newKey = () => `lease-row-${(count += 1)}`;
  const endLease = (key: string) =>
    source.query(`UPDATE concurrency_locks SET expires_at = clock_timestamp() WHERE lock_key = $1`, [key]);
  const acquire = (...keys: string[]) => backend.tryAcquire(keys, TTL_MS, {});

  it('is not granted while another one runs, and is once that one has ended', async () => {
    const key = newKey();
    expect(await acquire(key)).toBeDefined();
    expect(await acquire(key)).toBeUndefined();
    await endLease(key);
    expect(await acquire(key)).toBeDefined();
  });

  it('of several keys is granted for all of them or none, and none stays held', async () => {
    const [free, held, alsoFree] = [newKey(), newKey(), newKey()];
    const holder = await acquire(held);
    expect(await acquire(free, held, alsoFree)).toBeUndefined();
    expect(await backend.heldOf([free, held, alsoFree])).toEqual([held]);
    expect(await backend.extend(holder!, TTL_MS)).toBeDefined();
  });

  it('that has ended is not extended, although nobody else holds the key', async () => {
    const key = newKey();
    const lease = await acquire(key);
    await endLease(key);
    expect(await backend.extend(lease!, TTL_MS)).toBeUndefined();
    expect(await backend.heldOf([key])).toEqual([]);
  });

  it('is not extended when one of its keys is lost', async () => {
    const [lost, kept] = [newKey(), newKey()];
    const lease = await acquire(lost, kept);
    await endLease(lost);
    expect(await backend.extend(lease!, TTL_MS)).toBeUndefined();
  });

  it('is neither extended nor released by the holder before', async () => {
    const key = newKey();
    const first = await acquire(key);
    await endLease(key);
    const second = await acquire(key);
    expect(await backend.extend(first!, TTL_MS)).toBeUndefined();
    await backend.release(first!);
    expect(await backend.heldOf([key])).toEqual([key]);
    expect(await backend.extend(second!, TTL_MS)).toBeDefined();
  });
});
