import { Contract } from '#answers';
import { Public } from '#auth';
import { Metrics } from '#observability';
import { Controller, Get, Header } from '@nestjs/common';

@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Contract({ does: 'Metrics in Prometheus’ text format.', plain: 'text/plain' })
  async read(): Promise<string> {
    return this.metrics.text();
  }
}
