import type { Call, PaymentClientError } from '#payment-client';
import { computed, type ComputedRef } from 'vue';
import { client } from '../../../app/client.js';
import { type Reading, useReading } from '../../../app/use-reading.js';
import { onLive } from '../live/use-live.js';
import type { Entry, ListedCharge, PaymentFile, RefundsPage, StaffPayment, TimelinePage } from '../wire.js';

/** The longest timeline that is read completely; a longer one shows a note. */
const MAX_PAGES = 6;
const PAGE = 500;

export interface TimelineData {
  readonly entries: readonly Entry[];
  readonly cut_short: boolean;
}

/** All data of one payment, read again whenever it changes. */
export interface WholeFile {
  readonly file: PaymentFile;
  readonly refunds: RefundsPage;
  readonly timeline: TimelineData;
  /** Money that does not match it and waits for staff. */
  readonly unmatched: (ListedCharge & { readonly payment_id: number }) | undefined;
}

export function usePaymentFile(payment_id: number): Reading<WholeFile> & {
  readonly gone: ComputedRef<PaymentClientError | undefined>;
} {
  const reading = useReading(async (call): Promise<WholeFile> => {
    const [file, found, refunds, timeline] = await Promise.all([
      client.read<PaymentFile>(`/payments/${payment_id}`, {}, call),
      client.read<{ payments: readonly StaffPayment[] }>('/ops/payments', { search: `order_${payment_id}` }, call),
      client.read<RefundsPage>(`/payments/${payment_id}/refunds`, { limit: 100 }, call),
      readTimeline(payment_id, call),
    ]);
    const names = found.payments.find(({ id }) => id === payment_id);
    const unmatched = file.unmatched_money ? await readCharge(file.unmatched_money.charge_id, call) : undefined;
    return {
      file: { ...file, payment: { ...names, ...file.payment } },
      refunds,
      timeline,
      unmatched: unmatched && { ...unmatched, payment_id },
    };
  });
  void reading.read();
  // A transfer that was sent for it may be matched with another payment, in whose audit log that is.
  const isOfTransfer = (id: unknown) =>
    typeof id === 'number' &&
    reading.value.value?.file.unmatched_transfers.some(({ transfer_id }) => transfer_id === id) === true;
  onLive((entry) => entry.payment_id === payment_id || isOfTransfer(entry.detail.transfer_id), reading.read);
  const gone = computed(() => (reading.value.value ? undefined : reading.error.value));
  return { ...reading, gone };
}

/** The list's cursor is the next id. */
async function readCharge(id: number, call: Call): Promise<ListedCharge | undefined> {
  const { charges } = await client.read<{ charges: readonly ListedCharge[] }>(
    '/ops/charges',
    { cursor: id + 1, limit: 1 },
    call,
  );
  return charges.find((charge) => charge.id === id);
}

async function readTimeline(payment_id: number, call: Call): Promise<TimelineData> {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query: object = { limit: PAGE, cursor: cursor ?? undefined };
    const read: TimelinePage = await client.read<TimelinePage>(`/payments/${payment_id}/timeline`, query, call);
    entries.push(...read.entries);
    cursor = read.next_cursor;
    if (cursor === null) break;
  }
  return { entries, cut_short: cursor !== null };
}
