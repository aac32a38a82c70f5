import { checkExpand } from './expand.js';
import { hash, type Read, type Rule } from '../parameters/rule.js';
import { expand } from '../parameters/shared-rules.js';
import type { Answer, Endpoint, StripeObject, World } from './world.js';

type Fields = Readonly<Record<string, Rule<unknown>>>;

/**
 * Describes one route: its parameters (always including `expand`) and its handler. `check` validates parameters
 * together; its errors are not stored under an idempotency key, like those of single parameters.
 */
export function endpoint<F extends Fields>(
  route: `${Endpoint['method']} /v1/${string}`,
  fields: F | ((api_version: string) => F),
  run: (world: World, parameters: Read<F>, id: string) => StripeObject,
  check?: (parameters: Read<F>, world: World) => void,
): Endpoint {
  const [method, path] = route.split(' ') as [Endpoint['method'], string];
  return {
    method,
    path,
    prepare(world, raw, api_version) {
      const known = typeof fields === 'function' ? fields(api_version) : fields;
      const read = hash({ ...known, expand }).read(raw, '');
      const parameters = read as unknown as Read<F>;
      check?.(parameters, world);
      const wanted = (read as { expand: string[] | undefined }).expand;
      checkExpand({ kind: kindAt(path), list: isList(method, path) }, wanted);
      return (id): Answer => ({ body: run(world, parameters, id), expand: wanted });
    },
  };
}

/** The object that a route is about. */
const KINDS: readonly (readonly [string, string])[] = [
  ['/v1/checkout/sessions/:id/line_items', 'item'],
  ['/v1/checkout/sessions', 'checkout.session'],
  ['/v1/payment_intents', 'payment_intent'],
  ['/v1/charges', 'charge'],
  ['/v1/refunds', 'refund'],
  ['/v1/disputes', 'dispute'],
  ['/v1/events', 'event'],
  ['/v1/balance', 'balance'],
];

function kindAt(path: string): string {
  return KINDS.find(([start]) => path.startsWith(start))?.[1] ?? '';
}

function isList(method: string, path: string): boolean {
  return method === 'GET' && !path.endsWith('/:id') && path !== '/v1/balance';
}
