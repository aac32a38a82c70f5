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
      'Where the worker serves `/metrics`, on `HOST`; `0` is any free port. Unset, it does not listen: [monitoring.md](monitoring.md).',
  }),
  LOG_LEVEL: oneOf(LEVELS, 'info').meta({ description: 'How much is logged.' }),
  LOCK_LOG_LEVEL: oneOf(LEVELS, 'debug').meta({
    description:
      'The level of `Lock acquired` and `Lock released`, two lines for every lock; `info` shows them without all of `debug`.',
  }),
  LOG_FORMAT: oneOf(['auto', 'json', 'pretty'], 'auto').meta({
    description: '`auto` is pretty on a terminal and JSON lines elsewhere.',
  }),
};
