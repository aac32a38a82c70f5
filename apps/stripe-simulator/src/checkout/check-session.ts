import { StripeError } from '../api/stripe-error.js';
import type { World } from '../api/world.js';
import { inWords, largestAmount } from '../parameters/shared-rules.js';
import { checkMethods } from './payment-methods.js';
import type { SessionParameters } from './session-parameters.js';

/** https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at */
export const MIN_LIFE_SECONDS = 30 * 60;
export const MAX_LIFE_SECONDS = 24 * 3_600;

/** Checks that involve several parameters. */
export function checkSession(parameters: SessionParameters, { clock }: World): void {
  checkMode(parameters);
  checkItems(parameters.line_items ?? []);
  checkCurrency(parameters);
  checkMethods(parameters);
  if (parameters.success_url === undefined) {
    throw new StripeError(400, 'Missing required param: success_url.', {
      code: 'parameter_missing',
      param: 'success_url',
    });
  }
  const life = (parameters.expires_at ?? clock.now() + MAX_LIFE_SECONDS) - clock.now();
  // One second of tolerance on both sides for clock differences.
  if (life < MIN_LIFE_SECONDS - 1) {
    throw new StripeError(
      400,
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      { param: 'expires_at' },
    );
  }
  if (life > MAX_LIFE_SECONDS + 1) {
    throw new StripeError(
      400,
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      { param: 'expires_at' },
    );
  }
}

function checkMode(parameters: SessionParameters): void {
  if (parameters.mode !== 'payment') {
    throw new StripeError(400, `This simulator does not simulate the mode: ${parameters.mode}`, { param: 'mode' });
  }
  if (parameters.ui_mode !== undefined && !['hosted_page', 'hosted'].includes(parameters.ui_mode)) {
    throw new StripeError(400, `This simulator does not simulate the ui_mode: ${parameters.ui_mode}`, {
      param: 'ui_mode',
    });
  }
}

type Items = NonNullable<SessionParameters['line_items']>;

function checkItems(items: Items): void {
  const [first] = items;
  if (!first) {
    throw new StripeError(400, '`line_items` is required in `payment` mode.', {
      code: 'parameter_missing',
      param: 'line_items',
    });
  }
  for (const [index, item] of items.entries()) {
    if (item.quantity === undefined) {
      throw new StripeError(400, `Quantity is required. Add \`quantity\` to \`line_items[${index}]\``, {
        code: 'parameter_missing',
        param: `line_items[${index}][quantity]`,
      });
    }
    if (item.price_data.currency !== first.price_data.currency) {
      throw new StripeError(400, 'All prices on a Checkout session must be expressed in the same currency.', {
        param: 'line_items',
      });
    }
  }
  checkTotal(totalOf(items), first.price_data.currency);
}

function checkCurrency({ currency: asked, line_items: items = [] }: SessionParameters): void {
  const priced = items[0]?.price_data.currency;
  if (asked !== undefined && asked !== priced) {
    throw new StripeError(400, `The prices are in ${priced}, and the session's currency is ${asked}.`, {
      param: 'currency',
    });
  }
}

export function totalOf(items: Items): number {
  return items.reduce((sum, item) => sum + item.price_data.unit_amount * (item.quantity ?? 1), 0);
}

/** Stripe's least amount depends on where the money is settled; here it is one minor unit. */
function checkTotal(total: number, code: string): void {
  if (total < 1) {
    throw new StripeError(
      400,
      `The Checkout Session's total amount due must add up to at least ${inWords(1, code)} ${code}`,
      {
        code: 'amount_too_small',
      },
    );
  }
  if (total > largestAmount(code)) {
    throw new StripeError(
      400,
      `The Checkout Session's total amount due must be no more than ${inWords(largestAmount(code), code)} ${code}`,
      { code: 'amount_too_large' },
    );
  }
}
