/** What the database knows of a payment method: a row of `payment_methods`. */
interface PaymentMethodTerms {
  readonly method: string;
  /** In lower case, as the provider calls itself. */
  readonly provider: string;
  /** `page`: the provider says that the money has arrived. `staff`: they see it on an account. Never changes. */
  readonly confirmed_by: 'page' | 'staff';
  /** `provider`: it makes refunds by itself. `staff`: they pay back, and settle the refund. Never changes. */
  readonly refunded_by: 'provider' | 'staff';
}

/** The methods of this program. `migrate` writes them; a provider from elsewhere adds its own row (docs/contributing/add-a-provider.md). */
export const PAYMENT_METHOD_TERMS = [
  { method: 'stripe', provider: 'stripe', confirmed_by: 'page', refunded_by: 'provider' },
  { method: 'gcash', provider: 'manual', confirmed_by: 'staff', refunded_by: 'staff' },
  { method: 'bank_transfer', provider: 'manual', confirmed_by: 'staff', refunded_by: 'staff' },
] as const satisfies readonly PaymentMethodTerms[];

/** For `migrate`, after the migrations. What a method that is there already means is refused to change by a trigger. */
export async function writePaymentMethods(manager: {
  query(sql: string, values: unknown[]): Promise<unknown>;
}): Promise<void> {
  await manager.query(
    `INSERT INTO payment_methods AS known (method, provider, confirmed_by, refunded_by)
     SELECT method, provider, confirmed_by, refunded_by
     FROM jsonb_to_recordset($1) AS given (method text, provider text, confirmed_by text, refunded_by text)
     ON CONFLICT (method) DO UPDATE
       SET provider = excluded.provider, confirmed_by = excluded.confirmed_by, refunded_by = excluded.refunded_by
       WHERE (known.provider, known.confirmed_by, known.refunded_by)
             <> (excluded.provider, excluded.confirmed_by, excluded.refunded_by)`,
    [JSON.stringify(PAYMENT_METHOD_TERMS)],
  );
}
