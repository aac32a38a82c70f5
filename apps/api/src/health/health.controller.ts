import { Answer, Contract } from '#answers';
import { Public } from '#auth';
import { Controller, Get } from '@nestjs/common';
import { Alive, Health } from './health-answers.js';
import { Readiness } from './readiness.js';

@Public()
@Controller('v1/health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get()
  @Contract({
    does: 'Reports health for people and simple monitors. Same as `/health/ready`.',
    answers: { 200: Health, 503: Health },
  })
  async health(): Promise<Answer<Health>> {
    return this.readiness.look();
  }

  @Get('live')
  @Contract({
    does: 'Liveness probe. Checks no dependency, because a restart would not repair it.',
    answers: { 200: Alive },
  })
  live(): Answer<Alive> {
    return Answer.ok('health.alive', { status: 'alive', uptime_seconds: Math.floor(process.uptime()) });
  }

  @Get('ready')
  @Contract({
    does: 'Readiness probe. Reports each dependency; 503 means that this process must not receive requests.',
    answers: { 200: Health, 503: Health },
  })
  async ready(): Promise<Answer<Health>> {
    return this.readiness.look();
  }
}
