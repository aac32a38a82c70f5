import { ENDPOINTS } from '../api/routes.js';
import type { Faults } from '../faults/rules.js';
import { mayBe } from './paths.js';

/** The faults that strike calls of the API. */
const OF_CALLS = ['latency_ms', 'lose_answer', 'error_500', 'rate_limit', 'reset', 'hold', 'pay_on_create'] as const;

/**
 * A fault for a call there is not would never strike, and a test would think that it had. A path with `*` may
 * be that of a call, or of several.
 * @throws RangeError naming the call there is not.
 */
export function checkFaults(faults: Faults): void {
  for (const kind of OF_CALLS) {
    for (const { path, method } of faults[kind] as readonly { path?: string; method?: string }[]) {
      if (isStruck(kind, path, method)) continue;
      throw new RangeError(
        `${kind}: there is no ${method ? `${method} ` : ''}${path ?? 'call'} to inject a fault into.`,
      );
    }
  }
}

function isStruck(kind: (typeof OF_CALLS)[number], path = '*', method?: string): boolean {
  return ENDPOINTS.filter((endpoint) => kind !== 'pay_on_create' || opensSessions(endpoint)).some(
    (endpoint) => (method ?? endpoint.method) === endpoint.method && mayBe(path, endpoint.path),
  );
}

/** The one call that makes what can be paid. */
function opensSessions({ method, path }: { method: string; path: string }): boolean {
  return `${method} ${path}` === 'POST /v1/checkout/sessions';
}
