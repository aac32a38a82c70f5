import { createSecretKey } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { User } from './entities.js';

export interface AuthenticatedRequest extends FastifyRequest {
  user_id: number;
}

/** Bearer tokens by HS256, and the user of their subject: what Payonce checks, with the same packages and the same cache. */
@Injectable()
export class TokenGuard implements CanActivate {
  private readonly users = new LRUCache<string, number>({ max: 10_000 });
  private readonly key = createSecretKey(Buffer.from(process.env['JWT_SECRET'] ?? ''));

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new UnauthorizedException();
    request.user_id = await this.userOf(await this.subjectOf(token));
    return true;
  }

  private async subjectOf(token: string): Promise<string> {
    const options = { algorithms: ['HS256'], clockTolerance: 5, requiredClaims: ['sub', 'exp'] };
    try {
      return (await jwtVerify(token, this.key, options)).payload.sub ?? '';
    } catch (error) {
      throw new UnauthorizedException(undefined, { cause: error });
    }
  }

  private async userOf(subject: string): Promise<number> {
    const known = this.users.get(subject);
    if (known !== undefined) return known;
    const { id } = await this.dataSource.manager.findOneByOrFail(User, { subject });
    this.users.set(subject, id);
    return id;
  }
}
