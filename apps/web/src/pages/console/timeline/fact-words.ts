import { discrepancyWords } from '../refunds/discrepancy-words.js';
import { consoleWords } from '../words.js';

/** What the members of a step's detail are called; one that is not here is called by its own name. */
const en = {
  amount: 'Amount',
  amount_received: 'Received',
  asked: 'Asked Stripe',
  attempt: 'Attempt',
  because: 'Because',
  charge_id: 'Charge',
  code: 'Stripe’s reason',
  conflicting_refunds: 'Made at Stripe',
  counted_amount: 'Counted',
  currency: 'Currency',
  decline_code: 'Decline code',
  discrepancy_id: 'Discrepancy',
  dispute_id: 'Dispute',
  disposition: 'The money',
  event_id: 'Event',
  expected: 'Expected',
  from: 'Before',
  kind: 'What is wrong',
  last4: 'Card ends in',
  lock_keys: 'Lock',
  lost_amount: 'Lost',
  ms: 'Stripe took',
  note: 'Note',
  payment_method: 'Method',
  payment_method_type: 'Method at Stripe',
  pending_reason: 'Waits for',
  product_id: 'Product',
  provider: 'Stripe',
  provider_detail: 'Its answer',
  reason: 'Reason',
  refund_id: 'Refund',
  refund_owed: 'Still owed',
  session_id: 'Stripe session',
  state: 'State',
  status: 'State',
  stripe_id: 'Checkout session',
  to: 'Now',
  transaction_id: 'Transaction',
  tries: 'Tries',
  type: 'Type',
  waited_ms: 'Waited',
  was: 'Before',
  webhook_id: 'In the inbox',
};

const id: typeof en = {
  amount: 'Jumlah',
  amount_received: 'Diterima',
  asked: 'Ditanyakan ke Stripe',
  attempt: 'Percobaan ke',
  because: 'Sebab',
  charge_id: 'Uang masuk',
  code: 'Alasan dari Stripe',
  conflicting_refunds: 'Dibuat di Stripe',
  counted_amount: 'Dihitung',
  currency: 'Mata uang',
  decline_code: 'Kode penolakan',
  discrepancy_id: 'Selisih',
  dispute_id: 'Sengketa',
  disposition: 'Uangnya',
  event_id: 'Peristiwa',
  expected: 'Seharusnya',
  from: 'Sebelumnya',
  kind: 'Masalah',
  last4: 'Akhir nomor kartu',
  lock_keys: 'Kunci (lock)',
  lost_amount: 'Kalah',
  ms: 'Lama di Stripe',
  note: 'Catatan',
  payment_method: 'Metode',
  payment_method_type: 'Metode di Stripe',
  pending_reason: 'Menunggu',
  product_id: 'Produk',
  provider: 'Stripe',
  provider_detail: 'Jawabannya',
  reason: 'Alasan',
  refund_id: 'Pengembalian',
  refund_owed: 'Masih terutang',
  session_id: 'Sesi Stripe',
  state: 'Status',
  status: 'Status',
  stripe_id: 'Sesi checkout',
  to: 'Sekarang',
  transaction_id: 'Transaksi',
  tries: 'Percobaan',
  type: 'Jenis',
  waited_ms: 'Menunggu',
  was: 'Sebelumnya',
  webhook_id: 'Di kotak masuk',
};

const becauseEn = {
  price_changed: 'the price has changed',
  closed: 'it was closed',
};
const becauseId: typeof becauseEn = {
  price_changed: 'harganya sudah berubah',
  closed: 'sudah ditutup',
};
const providerEn = {
  closed: 'closed it',
  paid: 'reports that it was paid',
  unknown: 'doesn’t know it',
  unreachable: 'didn’t answer',
};
const providerId: typeof providerEn = {
  closed: 'sudah menutupnya',
  paid: 'menyatakan sudah dibayar',
  unknown: 'tidak mengenalnya',
  unreachable: 'tidak menjawab',
};

/** Why Stripe holds a refund back: https://docs.stripe.com/api/refunds/object#refund_object-pending_reason */
const pending = {
  en: {
    charge_pending: 'The charge itself is still pending',
    insufficient_funds: 'Waiting for your Stripe balance: top it up',
    processing: 'Stripe is processing it',
  },
  id: {
    charge_pending: 'Tagihannya sendiri masih tertunda',
    insufficient_funds: 'Menunggu saldo Stripe Anda: isi saldonya',
    processing: 'Stripe sedang memprosesnya',
  },
};

/** Why Stripe refuses a refund: https://docs.stripe.com/error-codes */
const codes = {
  en: {
    amount_too_large: 'More than is left of the charge',
    charge_already_refunded: 'Already refunded at Stripe',
    charge_disputed: 'The charge is disputed',
    refund_disputed_payment: 'The charge is disputed',
    charge_not_refundable: 'The charge can’t be refunded',
    balance_insufficient: 'The Stripe balance is too low',
    insufficient_funds: 'The Stripe balance is too low',
  },
  id: {
    amount_too_large: 'Lebih dari sisa tagihannya',
    charge_already_refunded: 'Sudah dikembalikan di Stripe',
    charge_disputed: 'Tagihannya sedang disengketakan',
    refund_disputed_payment: 'Tagihannya sedang disengketakan',
    charge_not_refundable: 'Tagihannya tidak dapat dikembalikan',
    balance_insufficient: 'Saldo Stripe tidak cukup',
    insufficient_funds: 'Saldo Stripe tidak cukup',
  },
};

/** Stripe’s own words for a dispute: https://docs.stripe.com/api/disputes/object#dispute_object-status */
const disputes = {
  en: {
    warning_needs_response: 'Inquiry: needs response',
    warning_under_review: 'Inquiry: under review',
    warning_closed: 'Inquiry closed',
    needs_response: 'Needs response',
    under_review: 'Under review',
    appeal_needs_response: 'Appeal: needs response',
    appeal_under_review: 'Appeal: under review',
    prevented: 'Prevented',
  },
  id: {
    warning_needs_response: 'Pertanyaan bank: perlu tanggapan',
    warning_under_review: 'Pertanyaan bank: ditinjau',
    warning_closed: 'Pertanyaan bank ditutup',
    needs_response: 'Perlu tanggapan',
    under_review: 'Sedang ditinjau',
    appeal_needs_response: 'Banding: perlu tanggapan',
    appeal_under_review: 'Banding: sedang ditinjau',
    prevented: 'Dicegah',
  },
};

export const factWords = {
  en: {
    names: en as Readonly<Record<string, string>>,
    methods: consoleWords.en.methods,
    because: becauseEn,
    provider: providerEn,
    pending: pending.en,
    codes: codes.en,
    disputes: disputes.en,
    kinds: discrepancyWords.en.kinds,
    yes: 'Yes',
    no: 'No',
  },
  id: {
    names: id as Readonly<Record<string, string>>,
    methods: consoleWords.id.methods,
    because: becauseId,
    provider: providerId,
    pending: pending.id,
    codes: codes.id,
    disputes: disputes.id,
    kinds: discrepancyWords.id.kinds,
    yes: 'Ya',
    no: 'Tidak',
  },
};
