import { askedLanguage, chooseLanguage } from '#answers';
import { Forbidden, Unauthenticated } from '#errors';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { type AuthenticatedRequest, PUBLIC, type Role, ROLES } from './caller.js';
import { Tokens } from './tokens.js';
import { UsersRepository } from './users.repository.js';

/** On every route: 401 without a token, unless the route is `@Public()`; 403 for a wrong role, if it has `@Roles()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
    private readonly users: UsersRepository,
    private readonly dataSource: DataSource,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, route)) return true;

    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { issuer, subject, role } = await this.tokens.verify(bearerTokenOf(request.headers.authorization));
    const allowed = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, route);
    if (allowed && !allowed.includes(role)) throw new Forbidden();

    // A valid token with an unknown subject creates a user: the identity provider vouches for them.
    const { user_id, epoch } = await this.users.identify(this.dataSource.manager, { issuer, subject });
    request.caller = {
      user_id,
      epoch,
      issuer,
      subject,
      role,
      request_id: request.id,
      language: askedLanguage(request.headers['accept-language']),
      reads: chooseLanguage(request.headers['accept-language']),
      received_at: performance.now(),
    };
    return true;
  }
}

/** RFC 6750, 2.1; the scheme is case-insensitive (RFC 9110, 11.1). */
function bearerTokenOf(authorization: string | undefined): string {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw new Unauthenticated();
  return token;
}
