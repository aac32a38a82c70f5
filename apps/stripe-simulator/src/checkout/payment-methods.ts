import { StripeError } from '../api/stripe-error.js';

/** https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-allowed_payment_method_types */
export const METHOD_TYPES =
  'acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum blik boleto card cashapp crypto customer_balance eps fpx giropay grabpay ideal kakao_pay klarna konbini kr_card link mb_way mobilepay multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish twint upi us_bank_account wechat_pay zip'.split(
    ' ',
  );

/** Link is not a separate method there: it comes with cards. */
export const EXCLUDABLE_TYPES = METHOD_TYPES.filter((type) => type !== 'link');

/** The account's active methods: a card, and a bank transfer that is confirmed later. */
const OFFERED = ['card', 'customer_balance'];

export const isOffered = (type: string) => OFFERED.includes(type);

interface MethodParameters {
  readonly payment_method_types?: readonly string[] | undefined;
  readonly allowed_payment_method_types?: readonly string[] | undefined;
  readonly excluded_payment_method_types?: readonly string[] | undefined;
}

/** The methods that the page offers. */
export function methodsOf(parameters: MethodParameters): string[] {
  const { payment_method_types: named, allowed_payment_method_types: allowed } = parameters;
  return OFFERED.filter(
    (type) =>
      (named?.includes(type) ?? true) &&
      (allowed?.includes(type) ?? true) &&
      !parameters.excluded_payment_method_types?.includes(type),
  );
}

/** @throws StripeError if no payment method remains. */
export function checkMethods(parameters: MethodParameters): void {
  if (methodsOf(parameters).length > 0) return;
  throw new StripeError(
    400,
    'No valid payment method types for this Checkout Session. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payments).',
  );
}
