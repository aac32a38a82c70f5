import { Global, Injectable, Module } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of this process, in Prometheus' format. Each name is registered once, by the library that counts it. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /**
   * @param collect sets the values at each scrape, for counts that many processes share in Postgres; it must not
   * throw.
   */
  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[] = [],
    collect?: () => void | Promise<void>,
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry], ...(collect ? { collect } : {}) });
  }

  /** @param collect sets the values at each scrape; it must not throw. */
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

  /** All metrics, in the text format of https://prometheus.io/docs/instrumenting/exposition_formats/. */
  async text(): Promise<string> {
    return this.registry.metrics();
  }
}

@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
