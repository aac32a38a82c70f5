import { Answer, type Holds, shape } from '#answers';
import { Config } from '#config';
import { InvalidCredentials, RouteNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { ROLE_NAMES } from './caller.js';
import { LoginAttempts } from './login-attempts.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { Tokens } from './tokens.js';
import { UsersRepository } from './users.repository.js';

export const LoggedIn = shape('LoggedIn', {
  token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('Seconds.'),
  role: z.enum(ROLE_NAMES),
});
export type LoggedIn = Holds<typeof LoggedIn>;

/**
 * Checks email and password of the demo logins. In production people log in at an identity provider, and this is off.
 */
@Injectable()
export class LogIn {
  /** Compared with when there is no such account, so that the response time does not reveal which emails exist. */
  private readonly dummyHash: Promise<string> | undefined;

  constructor(
    private readonly config: Config,
    private readonly attempts: LoginAttempts,
    private readonly users: UsersRepository,
    private readonly tokens: Tokens,
    private readonly dataSource: DataSource,
  ) {
    this.dummyHash = config.LOGIN_ENABLED ? hashPassword('nobody has this password') : undefined;
  }

  /** @throws InvalidCredentials, TooManyAttempts; RouteNotFound when logins are switched off. */
  async run(given: { email: string; password: string; address: string }): Promise<Answer<LoggedIn>> {
    if (!this.config.LOGIN_ENABLED) throw new RouteNotFound();
    const email = given.email.toLowerCase();
    await this.attempts.count(email, given.address);

    const login = await this.users.findLogin(this.dataSource.manager, email);
    const matches = await passwordMatches(given.password, login?.password_hash ?? (await this.dummyHash) ?? '');
    if (!login || !matches) throw new InvalidCredentials();

    await this.attempts.forgive(email, given.address);
    const token = await this.tokens.sign(login);
    const data = {
      token,
      token_type: 'Bearer' as const,
      expires_in: this.config.LOGIN_TOKEN_SECONDS,
      role: login.role,
    };
    // At the top level too, so that `jq -r '.token'` works.
    return Answer.ok('auth.logged_in', data, { beside: { token } });
  }
}
