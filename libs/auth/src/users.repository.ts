import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { EntityManager } from 'typeorm';

/** A subject's id never changes, so remembering it is safe; bounded, since subjects come from outside. */
const REMEMBERED_SUBJECTS = 10_000;

export interface Login {
  readonly subject: string;
  readonly role: 'patient' | 'staff' | 'service';
  readonly password_hash: string;
}

@Injectable()
export class UsersRepository {
  private readonly idBySubject = new LRUCache<string, number>({ max: REMEMBERED_SUBJECTS });

  /** The id of the user with this token subject, made now if there is none. Two first requests at once make one. */
  async idOf(manager: EntityManager, subject: string): Promise<number> {
    const remembered = this.idBySubject.get(subject);
    if (remembered !== undefined) return remembered;
    const id = (await this.find(manager, subject)) ?? (await this.make(manager, subject));
    // Inside a transaction that may yet roll back, the user may never come to be.
    if (manager.queryRunner?.isTransactionActive !== true) this.idBySubject.set(subject, id);
    return id;
  }

  async exists(manager: EntityManager, id: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM users WHERE id = $1', [id]);
    return rows.length > 0;
  }

  /** By id; who is not there has none. */
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

  private async find(manager: EntityManager, subject: string): Promise<number | undefined> {
    const [user] = await manager.query<{ id: number }[]>('SELECT id FROM users WHERE subject = $1', [subject]);
    return user?.id;
  }

  private async make(manager: EntityManager, subject: string): Promise<number> {
    // The empty update makes RETURNING answer the row that another request made a moment ago.
    const [user] = await manager.query<{ id: number }[]>(
      'INSERT INTO users (subject) VALUES ($1) ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject RETURNING id',
      [subject],
    );
    return user!.id;
  }
}
