import { Answer, Contract } from '#answers';
import { Roles, UsersRepository } from '#auth';
import { type KeyState, KeysInUse } from '#idempotency';
import { type HeldRow, LocksHeld } from '#locking';
import { purchasesLockedBy } from '#payments';
import { nextCursor, pageOf, PageRequest, IntegerText, OneOf, Optional, Text } from '#validation';
import { Controller, Get, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { callerOf, userIdOf } from '../edge/idempotency.js';
import { HeldLocks, PageOfKeys } from './ops-answers.js';

export class ListKeysRequest extends PageRequest {
  @Optional()
  @OneOf('running', 'finished')
  state?: KeyState;

  @Optional()
  @IntegerText({ min: 1, max: Number.MAX_SAFE_INTEGER })
  user_id?: string;
}

export class FindLocksRequest {
  /** The filters as they are listed and logged. */
  @Optional()
  @Text({ min: 1, max: 255 })
  lock_key?: string;
}

/** The state of Payonce's own machinery, for staff. */
@Controller('v1/ops')
@Roles('staff', 'service')
export class OpsController {
  constructor(
    private readonly locksHeld: LocksHeld,
    private readonly keysInUse: KeysInUse,
    private readonly users: UsersRepository,
    private readonly dataSource: DataSource,
  ) {}

  @Get('locks')
  @Contract({
    does: 'Lists the locks that are held: holder, purpose and time. With `lock_key`: that one.',
    answers: { 200: HeldLocks },
  })
  async locks(@Query() query: FindLocksRequest): Promise<Answer<HeldLocks>> {
    const { backend, postgres, redis } = await this.locksHeld.run(query.lock_key);
    const nodes = redis.map(async (node) => ({ ...node, locks: await this.described(node.locks) }));
    return Answer.ok('ops.locks', {
      backend,
      postgres: { ...postgres, locks: await this.described(postgres.locks) },
      redis: await Promise.all(nodes),
    });
  }

  @Get('keys')
  @Contract({
    does: 'Lists idempotency keys, running and finished, newest first.',
    answers: { 200: PageOfKeys },
  })
  async keys(@Query() query: ListKeysRequest): Promise<Answer<PageOfKeys>> {
    const page = pageOf(query);
    const caller = query.user_id === undefined ? null : callerOf(Number(query.user_id));
    const keys = await this.keysInUse.list(page, { state: query.state ?? null, caller });
    const told = keys.map(({ caller: whose, ...key }) => ({ ...key, user_id: userIdOf(whose) }));
    return Answer.ok('ops.keys', { keys: await this.named(told), next_cursor: nextCursor(keys, page) });
  }

  /**
   * Adds who asked for each lock, and for which product or consultation: from the holder record, or from the lock's
   * payment.
   */
  private async described(locks: readonly HeldRow[]) {
    const keys = locks.map(({ lock_key }) => lock_key);
    const purchases = await purchasesLockedBy(this.dataSource.manager, keys);
    return this.named(
      locks.map((lock) => ({
        ...lock,
        product_id: lock.product_id ?? purchases.get(lock.lock_key)?.product_id ?? null,
        consultation_id: lock.consultation_id ?? purchases.get(lock.lock_key)?.consultation_id ?? null,
      })),
    );
  }

  private async named<Row extends { readonly user_id: number | null }>(
    rows: readonly Row[],
  ): Promise<(Row & { readonly user_subject: string | null })[]> {
    const ids = rows.map(({ user_id }) => user_id).filter((id) => Number.isSafeInteger(id)) as number[];
    const subjects = await this.users.subjectsOf(this.dataSource.manager, ids);
    return rows.map((row) => ({ ...row, user_subject: subjects.get(row.user_id ?? 0) ?? null }));
  }
}
