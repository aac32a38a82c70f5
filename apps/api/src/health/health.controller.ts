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
    does: 'For people and simple monitors: the same as ready.',
    answers: { 200: Health, 503: Health },
  })
  async health(): Promise<Answer<Health>> {
    return this.readiness.look();
  }

  @Get('live')
  @Contract({
    does: 'For whoever restarts hung processes: it asks no dependency, since restarting us mends none.',
    answers: { 200: Alive },
  })
  live(): Answer<Alive> {
    return Answer.ok('health.alive', { status: 'alive', uptime_seconds: Math.floor(process.uptime()) });
  }

  @Get('ready')
  @Contract({
    does: 'For load balancers: names each dependency; 503 means send nothing here.',
    answers: { 200: Health, 503: Health },
  })
  async ready(): Promise<Answer<Health>> {
    return this.readiness.look();
  }
}
