import type { PaymentClientError, Schemas } from '#payment-client';

type DescribedCode = {
  [Code in keyof Schemas]: Schemas[Code] extends { readonly code: Code } ? Code : never;
}[keyof Schemas];

/** No clear answer of a payment provider: what it was asked for may have been done. Stripe has a code of its own. */
const PROVIDER_UNAVAILABLE = ['STRIPE_UNAVAILABLE', 'PROVIDER_UNAVAILABLE'] as const;
export type ProviderUnavailableCode = (typeof PROVIDER_UNAVAILABLE)[number];

/** Codes that the API describes, and that of another provider than Stripe. */
export type FailureCode = DescribedCode | ProviderUnavailableCode;

/** The `data` of a failure of this code, as the API describes it; never: it has none. */
export type FailureData<Code extends FailureCode> = Code extends ProviderUnavailableCode
  ? NonNullable<Schemas['STRIPE_UNAVAILABLE']['data']>
  : Code extends keyof Schemas
    ? 'data' extends keyof Schemas[Code]
      ? NonNullable<Schemas[Code]['data']>
      : never
    : never;

/** @returns undefined where it failed otherwise, or the API sent none */
export function dataOf<Code extends FailureCode>(
  error: PaymentClientError | undefined,
  code: Code,
): FailureData<Code> | undefined {
  return error?.code === code ? (error.data as FailureData<Code>) : undefined;
}

export function isProviderUnavailable({ code }: PaymentClientError): boolean {
  return (PROVIDER_UNAVAILABLE as readonly string[]).includes(code);
}
