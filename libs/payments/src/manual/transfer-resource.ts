/**
 * The resource stored for an idempotency key that has recorded or changed a transfer. If it concerns a payment, it
 * begins with the payment's id.
 */
export function resourceOfTransfer(id: number, payment_id: number | null = null): string {
  return payment_id === null ? `transfers/${id}` : `${payment_id}/transfers/${id}`;
}
