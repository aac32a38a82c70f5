export { LoggingModule, loggerOptions } from './logging.module.js';
export { Metrics, MetricsModule } from './metrics.js';
