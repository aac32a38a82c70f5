import { oneOf, optionalNumber, wholeNumber } from '../kinds.js';

/** Log levels, from the most verbose to the least. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** The worker, and what operators read. */
export const operationVariables = {
  WORKER_SWEEP_SECONDS: wholeNumber({ min: 1, max: 3_600, byDefault: 30 }).meta({
    description: 'How often the worker runs each of its jobs.',
  }),
  WORKER_METRICS_PORT: optionalNumber({ min: 0, max: 65_535 }).meta({
    description:
      'The port on `HOST` at which the worker serves `/metrics`; `0`: any free port. If unset, the worker serves none: [monitoring.md](monitoring.md).',
  }),
  LOG_LEVEL: oneOf(LEVELS, 'info').meta({ description: 'The lowest level that is logged.' }),
  LOCK_LOG_LEVEL: oneOf(LEVELS, 'debug').meta({
    description:
      'The level of `Lock acquired` and `Lock released`, two lines for every lock. `info` shows them without the other `debug` lines.',
  }),
  LOG_FORMAT: oneOf(['auto', 'json', 'pretty'], 'auto').meta({
    description: '`auto` is pretty on a terminal and JSON lines elsewhere.',
  }),
};
