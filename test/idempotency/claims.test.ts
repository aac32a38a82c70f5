import { EpochChangedError } from '#idempotency';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { ClaimsRepository, type ClaimRow, type Scope } from '../../libs/idempotency/src/claims.repository.js';
import { useStack } from '../support/use-stack.js';
import { openSource } from '../webhooks/support/source.js';

const claims = new ClaimsRepository();
const LEASE_MS = 60_000;
const OTHER = randomUUID();
const ANSWER = { status: 201, body: '{}', resource: null, keepMs: 60_000 };

/** Each condition of the statements by which a key is claimed, extended, finished and released, alone. */
describe('a claim in Postgres', () => {
  const stack = useStack({ apis: 0 });
  let source: DataSource;
  let epoch: string;
  beforeAll(async () => {
    source = await openSource(stack.database.url);
    stack.atEnd(() => source.destroy());
    const [row] = await source.query<{ epoch: string }[]>('SELECT current_installation_epoch() AS epoch');
    epoch = row!.epoch;
  });

  let count = 0;
  const newScope = (): Scope => ({ caller: 'user:1', method: 'POST', route: '/a', key: `key-${(count += 1)}` });
  const terms = (owner = randomUUID() as string) => ({ fingerprint: 'f', owner, leaseMs: LEASE_MS, keepMs: 60_000 });
  async function claimed(scope = newScope()): Promise<{ scope: Scope; row: ClaimRow; own: Claimed }> {
    const row = (await claims.insert(source.manager, scope, terms()))!;
    return { scope, row, own: { id: row.id, owner: row.owner, epoch: undefined } };
  }
  interface Claimed {
    readonly id: number;
    readonly owner: string;
    readonly epoch: string | undefined;
  }
  const now = async (scope: Scope) => claims.find(source.manager, scope, undefined);
  const makeLapsed = async ({ id }: Claimed, what = `lease_expires_at = clock_timestamp() - interval '1 second'`) =>
    source.query(`UPDATE client_idempotency SET ${what} WHERE id = $1`, [id]);

  it.each(['caller', 'method', 'route', 'key'] as const)('is another one for another %s', async (part) => {
    const { scope } = await claimed();
    const other = { ...scope, [part]: `${scope[part]}-other` };
    expect(await now(other)).toBeUndefined();
    expect(await claims.insert(source.manager, other, terms())).toBeDefined();
  });

  it('is made once', async () => {
    const { scope } = await claimed();
    expect(await claims.insert(source.manager, scope, terms())).toBeUndefined();
  });

  it('is neither extended, attached nor finished by another owner', async () => {
    const { own, scope } = await claimed();
    const other = { ...own, owner: OTHER };
    expect([
      await claims.extend(source.manager, other, LEASE_MS),
      await claims.attach(source.manager, other, '1'),
      await claims.finish(source.manager, other, ANSWER),
    ]).toEqual([false, false, false]);
    expect(await now(scope)).toMatchObject({ finished: false, resource: null });
  });

  it('once finished, is neither extended, attached nor finished again by its owner', async () => {
    const { own, scope } = await claimed();
    expect(await claims.finish(source.manager, own, ANSWER)).toBe(true);
    expect([
      await claims.extend(source.manager, own, LEASE_MS),
      await claims.attach(source.manager, own, '1'),
      await claims.finish(source.manager, own, { ...ANSWER, body: '{"second":true}' }),
    ]).toEqual([false, false, false]);
    expect(await now(scope)).toMatchObject({ finished: true, response_body: '{}', resource: null });
  });

  it('in another epoch, is neither made, found, attached nor finished', async () => {
    const { own, scope } = await claimed();
    const later = { ...own, epoch: 'another-epoch' };
    expect(await claims.insert(source.manager, newScope(), { ...terms(), epoch: later.epoch })).toBeUndefined();
    await expect(claims.find(source.manager, scope, later.epoch)).rejects.toThrow(EpochChangedError);
    await expect(claims.attach(source.manager, later, '1')).rejects.toThrow(EpochChangedError);
    await expect(claims.finish(source.manager, later, ANSWER)).rejects.toThrow(EpochChangedError);
    expect(await now(scope)).toMatchObject({ finished: false, resource: null });
    expect(await claims.finish(source.manager, { ...own, epoch }, ANSWER)).toBe(true);
  });

  const takeOver = async (row: ClaimRow, more: { fingerprint?: string; anew?: boolean } = {}) =>
    claims.takeOver(source.manager, row, { ...terms(), anew: false, ...more });

  it('is not taken over while its lease runs, nor once it is finished', async () => {
    const { own, row } = await claimed();
    expect(await takeOver(row)).toBeUndefined();
    await claims.finish(source.manager, own, ANSWER);
    await makeLapsed(own);
    expect(await takeOver(row)).toBeUndefined();
  });

  it('whose lease is over is taken over once, by the same request', async () => {
    const { own, row } = await claimed();
    await makeLapsed(own);
    expect(await takeOver(row, { fingerprint: 'another' })).toBeUndefined();
    const taken = await takeOver(row);
    expect(taken).toMatchObject({ id: row.id, finished: false });
    await makeLapsed(own);
    // The row as it was read before the first take-over.
    expect(await takeOver(row)).toBeUndefined();
    expect(await takeOver(taken!, { fingerprint: 'another', anew: true })).toBeDefined();
  });

  it('is not taken over when its resource has changed since it was read', async () => {
    const { own, row } = await claimed();
    await claims.attach(source.manager, own, '7');
    await makeLapsed(own);
    expect(await takeOver(row)).toBeUndefined();
    expect(await takeOver({ ...row, resource: '7' })).toMatchObject({ resource: '7' });
  });

  it('whose row another transaction has locked is not waited for', async () => {
    const { own, row } = await claimed();
    await makeLapsed(own);
    const holder = await stack.database.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM client_idempotency WHERE id = $1 FOR UPDATE', [row.id]);
      expect(await takeOver(row)).toBeUndefined();
    } finally {
      await holder.end();
    }
  });

  it('is released by its owner only, and never once it is finished', async () => {
    const { own, scope } = await claimed();
    await claims.release(source.manager, { ...own, owner: OTHER }, null);
    expect((await now(scope))?.reclaimable).toBe(false);
    await claims.finish(source.manager, own, ANSWER);
    await claims.release(source.manager, own, null);
    expect(await now(scope)).toMatchObject({ finished: true, response_body: '{}' });
  });

  it('counts as ours when it is released, unless another has taken it over or its row is gone', async () => {
    const release = (own: Claimed) => claims.release(source.manager, own, null);
    const { own: held } = await claimed();
    expect(await release({ ...held, owner: OTHER })).toBe(false);
    // Our own release deletes the row; after that, the key is not ours any more.
    expect(await release(held)).toBe(true);
    expect(await release(held)).toBe(false);
    const { own: attached } = await claimed();
    await claims.attach(source.manager, attached, '7');
    expect(await release(attached)).toBe(true);
    const { own: finished } = await claimed();
    await claims.finish(source.manager, finished, ANSWER);
    expect(await release(finished)).toBe(true);
    // In another epoch the row tells nothing: the work's own error says that the database was restored.
    expect(await release({ ...held, epoch: 'another epoch' })).toBe(true);
    expect(await release({ ...attached, owner: OTHER, epoch: 'another epoch' })).toBe(true);
  });

  it('with a resource is kept when it is released, unless that resource was voided', async () => {
    const { own, scope } = await claimed();
    await claims.attach(source.manager, own, '7');
    await claims.release(source.manager, own, '8');
    expect(await now(scope)).toMatchObject({ resource: '7', reclaimable: true });
    await claims.release(source.manager, own, '7');
    expect(await now(scope)).toBeUndefined();
  });

  it('is forgotten only if finished, with the same resource', async () => {
    const { own, scope } = await claimed();
    await claims.attach(source.manager, own, '7');
    await claims.forget(source.manager, scope, '7');
    expect(await now(scope)).toBeDefined();
    await claims.finish(source.manager, own, { ...ANSWER, resource: '7' });
    await claims.forget(source.manager, scope, '8');
    expect(await now(scope)).toBeDefined();
    await claims.forget(source.manager, { ...scope, caller: 'user:2' }, '7');
    expect(await now(scope)).toBeDefined();
    await claims.forget(source.manager, scope, '7');
    expect(await now(scope)).toBeUndefined();
  });

  it('is deleted by the sweep only when it is finished and has expired', async () => {
    const [unfinished, fresh, old] = [await claimed(), await claimed(), await claimed()];
    await makeLapsed(unfinished.own, `expires_at = clock_timestamp() - interval '1 second'`);
    await claims.finish(source.manager, fresh.own, ANSWER);
    await claims.finish(source.manager, old.own, { ...ANSWER, keepMs: 0 });
    for (const { own } of [unfinished, fresh, old]) await claims.reap(source.manager, 10, own.id);
    const left = await Promise.all([unfinished, fresh, old].map(async ({ scope }) => (await now(scope)) !== undefined));
    expect(left).toEqual([true, true, false]);
  });
});
