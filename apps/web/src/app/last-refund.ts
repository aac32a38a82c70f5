const FAILED = ['refund.failed', 'refund.failed_after_success'];
const MADE = ['refund.reserved', 'refund.on_its_way', 'refund.succeeded', 'refund.made_elsewhere'];

/**
 * Whether a refund came to nothing and none has been made since: the payment's row is then as if there had been none, and
 * only its timeline tells.
 */
export function lastRefundFailed(entries: readonly { readonly action: string }[]): boolean {
  const last = entries.filter(({ action }) => [...FAILED, ...MADE].includes(action)).at(-1);
  return last !== undefined && FAILED.includes(last.action);
}
