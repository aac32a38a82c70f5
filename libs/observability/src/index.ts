export { LoggingModule } from './logging.module.js';
export { Metrics, MetricsModule } from './metrics.js';
export { serveMetrics } from './serve-metrics.js';
