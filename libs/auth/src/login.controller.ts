import type { Answer } from '#answers';
import { Email, Text } from '#validation';
import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { Public } from './caller.js';
import { LogIn } from './log-in.js';

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
  async login(@Body() body: LoginRequest, @Ip() address: string): Promise<Answer> {
    return this.logIn.run({ ...body, address });
  }
}
