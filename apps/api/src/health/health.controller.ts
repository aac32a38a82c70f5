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
    does: 'Reports health for people and simple monitors; the same as ready.',
    answers: { 200: Health, 503: Health },
  })
  async health(): Promise<Answer<Health>> {
    return this.readiness.look();
  }

  @Get('live')
  @Contract({
    does: 'Liveness probe. It checks no dependency, since restarting this process would not repair one.',
    answers: { 200: Alive },
  })
  live(): Answer<Alive> {
    return Answer.ok('health.alive', { status: 'alive', uptime_seconds: Math.floor(process.uptime()) });
  }

  @Get('ready')
  @Contract({
    does: 'Readiness probe. It reports each dependency; 503 means that this process must get no requests.',
    answers: { 200: Health, 503: Health },
  })
  async ready(): Promise<Answer<Health>> {
    return this.readiness.look();
  }
}
