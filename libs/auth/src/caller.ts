import type { Language } from '#answers';
import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** What somebody may do. `service` is another system of the same house: it may do what staff may. */
export const ROLE_NAMES = ['patient', 'staff', 'service'] as const;
export type Role = (typeof ROLE_NAMES)[number];

/** Who sent this request. */
export interface Caller {
  readonly user_id: number;
  /** The epoch of the database in which `user_id` is this person; empty on a standby, where nothing can be written. */
  readonly epoch: string;
  /** Who it is outside of our database, whatever becomes of that. */
  readonly issuer: string | null;
  readonly subject: string;
  readonly role: Role;
  readonly request_id: string;
  /** The one they asked for; null when they named none that we speak. */
  readonly language: Language | null;
  /** The one they are answered in. */
  readonly reads: Language;
  /** When we had found out who it is, by the clock of `performance.now()`. */
  readonly received_at: number;
}

export type AuthenticatedRequest = FastifyRequest & { caller?: Caller };

/** The route needs no token. */
export const PUBLIC = Symbol('public');
export const Public = () => SetMetadata(PUBLIC, true);

/** The route is for these roles only; without it, for everybody with a token. */
export const ROLES = Symbol('roles');
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);

/** Hands a controller its caller. Only on routes that need a token. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new Error('CurrentCaller on a public route');
  return caller;
});
