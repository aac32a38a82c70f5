import type { Stripe } from 'stripe';
import { endpoint } from '../api/endpoint.js';
import { checkPage, pageOf } from '../api/paging.js';
import { noSuch, StripeError } from '../api/stripe-error.js';
import type { StripeObject, World } from '../api/world.js';
import { list, text, truth } from '../parameters/rules.js';
import { created, paging } from '../parameters/shared-rules.js';

/** https://docs.stripe.com/api/events: available for 30 days. */
const KEPT_SECONDS = 30 * 86_400;

/** https://docs.stripe.com/api/events/list: at most twenty names. */
const MAX_TYPES = 20;

export const eventEndpoints = [
  endpoint('GET /v1/events/:id', {}, (world, _parameters, id): StripeObject => {
    const event = world.store.events.get(id);
    if (!event || !isKept(world, event)) throw noSuch('event', id, 'id');
    return event;
  }),

  endpoint(
    'GET /v1/events',
    {
      ...paging,
      created,
      delivery_success: truth(),
      type: text(),
      types: list(text(), { max: MAX_TYPES }),
    },
    (world, parameters): StripeObject => {
      const matches = matcher(parameters.type === undefined ? parameters.types : [parameters.type]);
      // An older event is not a valid cursor either.
      const kept = world.store.events.newestFirst().filter((event) => isKept(world, event));
      return pageOf(kept, parameters, {
        url: '/v1/events',
        what: 'event',
        keep: (event) =>
          matches(event.type) &&
          (parameters.created?.(event.created) ?? true) &&
          (parameters.delivery_success === undefined || parameters.delivery_success === isDelivered(event)),
      });
    },
    (parameters) => {
      checkPage(parameters);
      if (parameters.type !== undefined && parameters.types !== undefined) {
        throw new StripeError(400, 'You may only specify one of these parameters: type, types.', { param: 'types' });
      }
    },
  ),
];

function isKept({ clock }: World, { created: at }: Stripe.Event): boolean {
  return at > clock.now() - KEPT_SECONDS;
}

/** Still pending, or given up: false. https://docs.stripe.com/api/events/list#list_events-delivery_success */
function isDelivered(event: Stripe.Event): boolean {
  return event.pending_webhooks === 0;
}

/** `charge.*` is all of them. https://docs.stripe.com/api/events/list#list_events-type */
function matcher(types: readonly string[] | undefined): (type: string) => boolean {
  if (types === undefined) return () => true;
  return (type) =>
    types.some((word) => word === '*' || (word.endsWith('.*') ? type.startsWith(word.slice(0, -1)) : type === word));
}
