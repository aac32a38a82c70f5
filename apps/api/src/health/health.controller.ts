import { Answer } from '#answers';
import { Public } from '#auth';
import { Controller, Get } from '@nestjs/common';
import { Readiness } from './readiness.js';

@Public()
@Controller('v1/health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** For people and simple monitors: the same as ready. */
  @Get()
  async health(): Promise<Answer> {
    return this.readiness.look();
  }

  /** For whoever restarts hung processes: it asks no dependency, since restarting us mends none. */
  @Get('live')
  live(): Answer {
    return Answer.ok('health.alive', { status: 'alive', uptime_seconds: Math.floor(process.uptime()) });
  }

  /** For load balancers: 503 means send nothing here. */
  @Get('ready')
  async ready(): Promise<Answer> {
    return this.readiness.look();
  }
}
