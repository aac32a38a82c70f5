import { ENDPOINTS } from '../api/routes.js';
import type { Faults } from '../faults/rules.js';

/** The faults that strike calls of the API. */
const OF_CALLS = ['latency_ms', 'lose_answer', 'error_500', 'rate_limit', 'reset', 'hold', 'pay_on_create'] as const;

/**
 * A fault for a call there is not would never strike, and a test would think that it had. A path with `*` is taken as it is,
 * if it may be one of the API.
 * @throws RangeError naming the call there is not.
 */
export function checkFaults(faults: Faults): void {
  for (const kind of OF_CALLS) {
    for (const { path, method } of faults[kind] as readonly { path?: string; method?: string }[]) {
      if (path === undefined || isCall(path, method)) continue;
      throw new RangeError(`${kind}: there is no ${method ? `${method} ` : ''}${path} to strike.`);
    }
  }
}

function isCall(path: string, method: string | undefined): boolean {
  if (path.includes('*')) return /^(\*|\/\*|\/v1\/)/.test(path);
  return ENDPOINTS.some((endpoint) => {
    const shape = new RegExp(`^${endpoint.path.replaceAll(/:\w+/g, '[^/]+')}$`);
    return shape.test(path) && (method === undefined || method === endpoint.method);
  });
}
