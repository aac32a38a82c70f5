import { InstallationEpoch } from '#database';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { EntityManager } from 'typeorm';

/** A subject's id never changes within an epoch, so it can be cached; bounded, since subjects come from outside. */
const REMEMBERED_SUBJECTS = 10_000;

/** A user's id, and the epoch in which it was read. */
export interface KnownUser {
  readonly user_id: number;
  readonly epoch: string;
}

export interface Login {
  readonly subject: string;
  readonly role: 'patient' | 'staff' | 'service';
  readonly password_hash: string;
}

@Injectable()
export class UsersRepository {
  private readonly known = new LRUCache<string, KnownUser>({ max: REMEMBERED_SUBJECTS });

  constructor(private readonly epoch: InstallationEpoch) {
    epoch.onChange(() => this.known.clear());
  }

  /** The id of the user with this token subject, created if there is none. Two first requests at once create one. */
  async idOf(manager: EntityManager, subject: string): Promise<number> {
    return (await this.identify(manager, { issuer: null, subject })).user_id;
  }

  /** The same, and the epoch in which it was read, in one statement: writes for the user require this epoch. */
  async identify(
    manager: EntityManager,
    { issuer, subject }: { issuer: string | null; subject: string },
  ): Promise<KnownUser> {
    const name = JSON.stringify([issuer, subject]);
    const remembered = this.known.get(name);
    if (remembered?.epoch === this.epoch.current) return remembered;
    const user = (await this.find(manager, subject)) ?? (await this.make(manager, subject));
    this.epoch.observe(user.epoch);
    const known = { user_id: user.id, epoch: user.epoch ?? '' };
    // Inside a transaction that may still roll back, the user may never be committed.
    if (!manager.queryRunner) this.known.set(name, known);
    return known;
  }

  async exists(manager: EntityManager, id: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM users WHERE id = $1', [id]);
    return rows.length > 0;
  }

  /** By id; an unknown id has none. */
  async subjectsOf(manager: EntityManager, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const users = await manager.query<{ id: number; subject: string }[]>(
      'SELECT id, subject FROM users WHERE id = ANY($1::bigint[])',
      [[...new Set(ids)]],
    );
    return new Map(users.map(({ id, subject }) => [id, subject]));
  }

  async findLogin(manager: EntityManager, email: string): Promise<Login | undefined> {
    const [login] = await manager.query<Login[]>(
      `SELECT users.subject, logins.role, logins.password_hash
       FROM logins JOIN users ON users.id = logins.user_id WHERE logins.email = $1`,
      [email],
    );
    return login;
  }

  private async find(manager: EntityManager, subject: string): Promise<UserRow | undefined> {
    const [user] = await manager.query<UserRow[]>(
      'SELECT id, current_installation_epoch() AS epoch FROM users WHERE subject = $1',
      [subject],
    );
    return user;
  }

  private async make(manager: EntityManager, subject: string): Promise<UserRow> {
    // The empty update makes RETURNING return the row that another request has just created.
    const [user] = await manager.query<UserRow[]>(
      `INSERT INTO users (subject) VALUES ($1) ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject
       RETURNING id, current_installation_epoch() AS epoch`,
      [subject],
    );
    return user!;
  }
}

interface UserRow {
  readonly id: number;
  /** Null on a standby. */
  readonly epoch: string | null;
}
