import type { PaymentClientError, Schemas } from '#payment-client';

/** A code that the API describes. */
export type FailureCode = {
  [Code in keyof Schemas]: Schemas[Code] extends { readonly code: Code } ? Code : never;
}[keyof Schemas];

/** Something that the API needs did not answer in time. */
type UnavailableCode = {
  [Code in FailureCode]: Schemas[Code]['status_code'] extends 503 ? Code : never;
}[FailureCode];

/**
 * True: a payment provider gave no clear answer, and what it was asked for may have been done. A new code of the API with
 * status 503 does not compile without a row. PROVIDER_UNAVAILABLE is of providers that the API does not describe.
 */
const IS_OF_PROVIDER = {
  STRIPE_UNAVAILABLE: true,
  PROVIDER_UNAVAILABLE: true,
  DATABASE_RESTORED: false,
  DATABASE_UNAVAILABLE: false,
  IDENTITY_PROVIDER_UNAVAILABLE: false,
  LOCK_TIMEOUT: false,
  SERVICE_UNAVAILABLE: false,
} as const satisfies Readonly<Record<UnavailableCode | 'PROVIDER_UNAVAILABLE', boolean>>;

/** A refund that stays reserved until its provider answers; the same for every provider. */
type WaitingRefund = NonNullable<Schemas['STRIPE_UNAVAILABLE']['data']>;

/** The `data` of a failure of this code, as the API describes it; never: it has none. */
export type FailureData<Code extends FailureCode> = 'data' extends keyof Schemas[Code]
  ? NonNullable<Schemas[Code]['data']>
  : never;

/** @returns undefined where it failed otherwise, or the API sent none */
export function dataOf<Code extends FailureCode>(
  error: PaymentClientError | undefined,
  code: Code,
): FailureData<Code> | undefined {
  return error?.code === code ? (error.data as FailureData<Code>) : undefined;
}

export function isProviderUnavailable({ code }: PaymentClientError): boolean {
  return Object.hasOwn(IS_OF_PROVIDER, code) && IS_OF_PROVIDER[code as keyof typeof IS_OF_PROVIDER];
}

/** @returns undefined: it failed otherwise, or it was no refund */
export function waitingRefundOf(error: PaymentClientError): WaitingRefund | undefined {
  return isProviderUnavailable(error) ? (error.data as WaitingRefund | undefined) : undefined;
}
