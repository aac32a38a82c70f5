import type { PaymentClientError } from '#payment-client';
import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { client } from '../../app/client.js';
import { language } from '../../app/language.js';
import { isStaffConfirmed } from '../../app/payment-methods.js';
import { failureOf } from '../../app/use-reading.js';
import type { Details } from './wire.js';

/** Most payments are known within this time; after it the user can check again by a button. */
const PAUSES_MS = [1_000, 2_000, 3_000, 5_000, 8_000, 13_000];

/** A transfer takes time, and the payment may be made in another tab, so the page keeps polling. */
const LOOKED_AT_EVERY_MS = 15_000;

/** Error codes that mean that the payment itself has the answer. */
const DEFINITE_CODES = [
  'TRANSACTION_NOT_PAID',
  'PAYMENT_ALREADY_CONFIRMED',
  'PAYMENT_PROCESSING',
  'TRANSITION_NOT_ALLOWED',
  'PAYMENT_EXISTS',
  // The session in the address is not this payment's.
  'TRANSACTION_MISMATCH',
  'TRANSACTION_ALREADY_USED',
  'VALIDATION_FAILED',
];

export interface Returned {
  readonly payment_id: number;
  /** The query parameters of users who return from the payment page. */
  readonly session_id: string | undefined;
  readonly left: boolean;
}

/**
 * One payment, kept up to date for a while. A user who returns from the payment page does not wait for the webhook:
 * the page confirms the session, and the server asks the provider.
 */
export function useOnePayment({ payment_id, session_id, left }: Returned) {
  const details = shallowRef<Details>();
  const error = shallowRef<PaymentClientError>();
  /** Whether the state may still change. */
  const watching = ref(true);
  const cancelling = ref(false);
  /** The provider could not be reached, so it is unknown whether the payment was paid. */
  const unasked = ref(false);
  /** A cancel was requested, but it had been paid. */
  const paidMeanwhile = ref(false);
  /** Money arrived too late and is being refunded. */
  const returning = ref(false);
  let asked = 0;
  let shown = 0;
  const stop = new AbortController();
  const { signal } = stop;
  onScopeDispose(() => stop.abort());
  const isPending = () => details.value?.payment.status === 'pending';
  /** Whether money may still come, or is on its way back. */
  const isMoving = () =>
    isPending() ||
    (details.value?.unmatched_transfers ?? []).length > 0 ||
    details.value?.unused_money === 'on_its_way' ||
    (details.value?.refund_pending_amount ?? 0) > 0;

  /** @returns what it read, even if a later read was answered before. */
  async function look(): Promise<Details> {
    const mine = ++asked;
    const now = await client.get(payment_id, { signal });
    if (mine > shown) {
      shown = mine;
      details.value = now;
    }
    return now;
  }

  /** @returns whether nothing has changed, so that it is worth trying again. */
  async function askProvider(): Promise<void> {
    const { payment, checkout } = details.value!;
    const transaction_id = session_id ?? checkout?.session_id;
    if (isStaffConfirmed(payment.payment_method) || !transaction_id) return;
    // Also for a cancelled or expired payment if the user returns with a session: they may have paid.
    if (!isPending() && !(session_id && ['expired', 'cancelled', 'failed'].includes(payment.status))) return;
    try {
      await client.confirm(payment_id, { transaction_id }, { signal });
      unasked.value = false;
    } catch (cause) {
      const { code } = cause as PaymentClientError;
      unasked.value = !DEFINITE_CODES.includes(code);
      if (unasked.value) throw cause;
      returning.value = ['TRANSITION_NOT_ALLOWED', 'PAYMENT_EXISTS'].includes(code);
    }
    await look();
  }

  async function follow(): Promise<void> {
    watching.value = true;
    error.value = undefined;
    try {
      await look();
      await askProvider();
      // Only a user who returns from having paid waits for an answer; other changes are found by the glances.
      for (const pause of session_id && !left ? PAUSES_MS : []) {
        if (!isPending()) break;
        await pauseFor(pause, signal);
        await look();
        if (isPending()) await askProvider();
      }
    } catch (cause) {
      if (!signal.aborted) error.value = failureOf(cause);
    } finally {
      watching.value = false;
    }
  }

  async function cancel(): Promise<void> {
    if (cancelling.value) return;
    cancelling.value = true;
    error.value = undefined;
    try {
      await client.cancel(payment_id, { signal });
      await look();
    } catch (cause) {
      // Paid or already cancelled: the payment shows which.
      const { payment } = (await look().catch(() => details.value))!;
      paidMeanwhile.value = payment.status === 'completed';
      if (!signal.aborted && payment.status === 'pending') error.value = failureOf(cause);
    } finally {
      cancelling.value = false;
    }
  }

  function glance(): void {
    if (document.hidden || watching.value || cancelling.value || !isMoving()) return;
    // Errors of background reads are not shown.
    look().catch(() => undefined);
  }
  // The account's note is in the user's language.
  watch(language, () => void look().catch(() => undefined));
  const timer = setInterval(glance, LOOKED_AT_EVERY_MS);
  document.addEventListener('visibilitychange', glance);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', glance);
  });

  void follow();
  return { details, error, watching, cancelling, unasked, paidMeanwhile, returning, follow, cancel };
}

/** Rejects when the signal aborts. */
function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('Aborted'));
    });
  });
}
