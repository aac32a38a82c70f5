import { ENDPOINTS } from '../api/routes.js';
import type { Faults } from '../faults/rules.js';
import { mayBe } from './paths.js';

/** The faults that affect API calls. */
const OF_CALLS = ['latency_ms', 'lose_answer', 'error_500', 'rate_limit', 'reset', 'hold', 'pay_on_create'] as const;

/**
 * A fault for a route that does not exist would never apply, and a test would not notice. A path with `*` may match
 * several routes. @throws RangeError naming the unknown route.
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

/** The only call that creates a session. */
function opensSessions({ method, path }: { method: string; path: string }): boolean {
  return `${method} ${path}` === 'POST /v1/checkout/sessions';
}
