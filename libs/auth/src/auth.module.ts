import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './auth.guard.js';
import { LogIn } from './log-in.js';
import { LoginAttempts } from './login-attempts.js';
import { LoginController } from './login.controller.js';
import { Tokens } from './tokens.js';
import { UsersRepository } from './users.repository.js';

/** Provides users to modules that need one without a logged-in caller. */
@Module({ providers: [UsersRepository], exports: [UsersRepository] })
export class UsersModule {}

/** Guards every route of the application that imports it, and provides the demo login. */
@Module({
  imports: [UsersModule],
  controllers: [LoginController],
  providers: [Tokens, LoginAttempts, LogIn, { provide: APP_GUARD, useClass: AuthGuard }],
})
export class AuthModule {}
