import type { NewStep } from '../lab-events.js';
import type { LogLine } from './server-process.js';

/** Converts a log line of a server into a step; undefined for other lines. */
export function stepOf(line: LogLine, numberOf: (request_id: string) => number | undefined): NewStep | undefined {
  if (line.message === 'Lock backend: Redis has no quorum, using Postgres')
    return { from: 'lock', to: 'database', what: 'fell_back' };
  const request = numberOf(line.request_id ?? '');
  if (request === undefined) return undefined;
  const aboutPayment = line.lock_key?.startsWith('payment:lock:') ?? false;
  switch (line.message) {
    case 'Payment: Processing payment':
      return { from: 'api', what: 'working', request };
    case 'Lock acquired':
      return aboutPayment ? { from: 'api', to: 'lock', what: 'locked', request } : undefined;
    case 'Lock waited for':
      return { from: 'lock', to: 'api', what: 'waited', request, facts: { ms: line.waited_ms ?? 0 } };
    case 'Lock released':
      return aboutPayment ? { from: 'lock', what: 'unlocked', request } : undefined;
    case 'Payment: Duplicate request, existing payment returned':
      return { from: 'database', to: 'api', what: 'row_found', request, facts: { payment: Number(line.payment_id) } };
    case undefined:
    default:
      return undefined;
  }
}
