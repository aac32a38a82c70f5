import type { Language } from '#answers';
import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** What a caller may do. `service` is another system of the same organisation: it may do what staff may. */
export const ROLE_NAMES = ['patient', 'staff', 'service'] as const;
export type Role = (typeof ROLE_NAMES)[number];

/** The authenticated sender of a request. */
export interface Caller {
  readonly user_id: number;
  /** The epoch of the database in which `user_id` is this person; empty on a standby, which accepts no writes. */
  readonly epoch: string;
  /** Identifies the person outside of our database, independently of a restore. */
  readonly issuer: string | null;
  readonly subject: string;
  readonly role: Role;
  readonly request_id: string;
  /** The language they asked for; null when they named none that is supported. */
  readonly language: Language | null;
  /** The language of the answer. */
  readonly reads: Language;
  /** When the caller was identified, by the clock of `performance.now()`. */
  readonly received_at: number;
}

export type AuthenticatedRequest = FastifyRequest & { caller?: Caller };

/** The route needs no token. */
export const PUBLIC = Symbol('public');
export const Public = () => SetMetadata(PUBLIC, true);

/** The route is for these roles only; without it, for every caller with a token. */
export const ROLES = Symbol('roles');
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);

/** Gives a controller its caller. Only on routes that need a token. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new Error('CurrentCaller on a public route');
  return caller;
});
