import { consoleWords } from '../words.js';

/** What the members of a step's detail are called; one that is not here is called by its own name. */
const en = {
  amount: 'Amount',
  amount_received: 'Received',
  attempt: 'Attempt',
  because: 'Because',
  code: 'Code',
  counted_amount: 'Counted',
  currency: 'Currency',
  decline_code: 'Decline code',
  dispute_id: 'Dispute',
  disposition: 'The money',
  event_id: 'Event',
  expected: 'Expected',
  from: 'Before',
  last4: 'Card ends in',
  lock_keys: 'Lock',
  ms: 'Stripe took',
  note: 'Note',
  payment_method: 'Method',
  payment_method_type: 'Method at Stripe',
  product_id: 'Product',
  provider: 'Stripe',
  provider_detail: 'Its answer',
  reason: 'Reason',
  refund_id: 'Refund',
  refund_owed: 'Still owed',
  session_id: 'Stripe session',
  state: 'State',
  status: 'State',
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
  attempt: 'Percobaan ke',
  because: 'Sebab',
  code: 'Kode',
  counted_amount: 'Dihitung',
  currency: 'Mata uang',
  decline_code: 'Kode penolakan',
  dispute_id: 'Sengketa',
  disposition: 'Uangnya',
  event_id: 'Peristiwa',
  expected: 'Seharusnya',
  from: 'Sebelumnya',
  last4: 'Akhir nomor kartu',
  lock_keys: 'Kunci (lock)',
  ms: 'Lama di Stripe',
  note: 'Catatan',
  payment_method: 'Metode',
  payment_method_type: 'Metode di Stripe',
  product_id: 'Produk',
  provider: 'Stripe',
  provider_detail: 'Jawabannya',
  reason: 'Alasan',
  refund_id: 'Pengembalian',
  refund_owed: 'Masih terutang',
  session_id: 'Sesi Stripe',
  state: 'Status',
  status: 'Status',
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
  closed: 'has closed it',
  paid: 'says that it was paid',
  unknown: 'does not know it',
  unreachable: 'gave no answer',
};
const providerId: typeof providerEn = {
  closed: 'sudah menutupnya',
  paid: 'menyatakan sudah dibayar',
  unknown: 'tidak mengenalnya',
  unreachable: 'tidak menjawab',
};

export const factWords = {
  en: {
    names: en as Readonly<Record<string, string>>,
    methods: consoleWords.en.methods,
    because: becauseEn,
    provider: providerEn,
  },
  id: {
    names: id as Readonly<Record<string, string>>,
    methods: consoleWords.id.methods,
    because: becauseId,
    provider: providerId,
  },
};
