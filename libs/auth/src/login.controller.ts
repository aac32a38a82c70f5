import { type Answer, Contract } from '#answers';
import { InvalidCredentials, RouteNotFound, TooManyAttempts } from '#errors';
import { Email, Text } from '#validation';
import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { z } from 'zod';
import { Public } from './caller.js';
import { LoggedIn, LogIn } from './log-in.js';

class LoginRequest {
  @Email()
  email!: string;

  @Text({ min: 1, max: 200 })
  password!: string;
}

@Controller('login')
export class LoginController {
  constructor(private readonly logIn: LogIn) {}

  @Public()
  @Post()
  @HttpCode(200)
  @Contract({
    does: 'Demo login, off by default. In production, users log in at an identity provider.',
    answers: { 200: LoggedIn },
    beside: z.strictObject({ token: z.string() }),
    refuses: [InvalidCredentials, TooManyAttempts, RouteNotFound],
    form: true,
  })
  async login(@Body() body: LoginRequest, @Ip() address: string): Promise<Answer<LoggedIn>> {
    return this.logIn.run({ ...body, address });
  }
}
