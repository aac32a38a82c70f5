import { Global, Injectable, Module } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The numbers of this process, as Prometheus reads them. Each name is made once, by the room that counts it. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** @param collect sets its values whenever it is read, of what many processes count in Postgres; it must not throw. */
  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[] = [],
    collect?: () => void | Promise<void>,
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry], ...(collect ? { collect } : {}) });
  }

  /** @param collect sets its values whenever it is read; it must not throw. */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[] = [],
    collect?: () => void | Promise<void>,
  ): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.registry], ...(collect ? { collect } : {}) });
  }

  /** @param buckets the upper bounds of each, in the unit that the name ends in */
  histogram<Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: Label[] = [],
  ): Histogram<Label> {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.registry] });
  }

  /** All of them, in the text format of https://prometheus.io/docs/instrumenting/exposition_formats/. */
  async text(): Promise<string> {
    return this.registry.metrics();
  }
}

@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
