import { Public } from '#auth';
import { Metrics } from '#observability';
import { Controller, Get, Header } from '@nestjs/common';

@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** For Prometheus, in its text format. */
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async read(): Promise<string> {
    return this.metrics.text();
  }
}
