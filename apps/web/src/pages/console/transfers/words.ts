import { staffMethodNames } from '../../../app/payment-methods.js';

/** Texts about money received by transfer. */
const en = {
  caption: 'Transfers, newest first',
  back: 'All transfers',
  number: 'Transfer',
  reference: 'Reference',
  method: 'Method',
  received: 'Received',
  recorded: 'Recorded',
  payer: 'Payer',
  note: 'Note',
  amount: 'Amount',
  unmatched: 'Unmatched',
  matched: 'Matched',
  refunded: 'Paid back',
  reserved: 'To be paid back by hand',
  sent_for: 'Sent for',
  receipt: 'Receipt',
  details: 'Details',
  states: { unmatched: 'Unmatched', all: 'All', voided: 'Voided' },
  search: 'Reference on the statement',
  search_hint: 'Enter the complete reference; partial matches aren’t supported.',
  find: 'Search',
  clear: 'Clear',
  empty: { unmatched: 'No unmatched transfers', all: 'No transfers yet', voided: 'No voided transfers' },
  nothing_found: 'Nothing found',

  record: 'Record transfer…',
  record_title: 'Record a transfer',
  record_text:
    'Enter what the statement shows. If you name a payment, the money is matched with it as far as the payment needs it; the rest is unmatched.',
  record_now: 'Record transfer',
  transaction: 'Reference on the statement',
  amount_in: (currency: string) => `Amount received in ${currency}`,
  amount_wrong: 'Enter the amount as it is on the statement, for example 50.00.',
  date: 'Date received',
  date_wrong: 'Enter a date up to today.',
  optional: (label: string) => `${label} (optional)`,
  payment: 'Payment',
  payment_hint: 'Number, invoice (INV-…) or payment reference (RF…).',
  payment_unknown: 'No payment has this number, invoice or reference.',
  payment_several: 'Several payments match. Enter the payment’s number.',
  payment_other: (method: string) => `This payment is by ${method}, so it can’t take this transfer.`,
  payment_currency: (currency: string) => `This payment is in ${currency}, so it can’t take this transfer.`,
  payment_paid_on_page: (method: string) =>
    `This payment is paid with ${method}. Only payments by ${staffMethodNames('en')} take transfers.`,
  payment_needs: (amount: string) => `needs ${amount}`,

  matches: 'Matched payments',
  no_matches: 'Not matched with any payment yet.',
  matched_at: 'Matched',
  do: 'To do',
  match: 'Match with a payment…',
  match_title: (left: string) => `Match ${left} with a payment`,
  match_text:
    'The payment is confirmed once it has all it needs. If less is matched, it stays pending and no longer expires.',
  match_now: (amount: string) => `Match ${amount}`,
  match_plain: 'Match',
  match_amount: (currency: string) => `Amount in ${currency}`,
  match_wrong: (max: string) => `Enter an amount up to ${max}.`,
  closed: (needs: string) => `This payment has ended unpaid. Only its whole amount, ${needs}, can complete it.`,
  takes_nothing: 'This payment can’t take any money.',

  undo: 'Undo match…',
  undo_title: (id: number) => `Undo the match with payment ${id}?`,
  undo_text:
    'The payment is refunded with a credit note. Nothing is paid out: the money is unmatched again, and you can match it with the right payment. What was refunded to the payer before stays refunded.',
  undo_pending_text:
    'The money is taken off the payment, which stays pending. Nothing is paid out: the money is unmatched again.',
  undo_now: 'Undo match',
  reason: 'Reason',

  refunds: 'Refunds',
  pay_back: 'Pay back…',
  pay_back_title: 'Pay back to the payer',
  pay_back_text: (left: string) =>
    `Payonce sends no money: you pay it back by hand. Up to ${left} is unmatched; what you pay back can no longer be matched.`,
  pay_back_now: (amount: string) => `Record ${amount} as paid back`,
  reserve_now: (amount: string) => `Reserve ${amount}`,
  pay_back_plain: 'Pay back',
  pay_back_by: 'Reference of the transfer back',
  pay_back_hint: 'Leave empty to reserve it; settle once you’ve paid it back.',

  correct: 'Correct…',
  correct_title: (id: number) => `Correct transfer ${id}`,
  correct_text:
    'For typing mistakes. What was there before stays in the audit log. Payments that are confirmed stay confirmed.',
  correct_least: (least: string) => `${least} of it is matched or paid back, so it can’t be less.`,
  currency: 'Currency',
  date_fixed: 'Payments are dated by it: undo its matches to change the date.',
  correct_now: 'Save changes',
  void: 'Void…',
  void_title: (id: number) => `Void transfer ${id}?`,
  void_text:
    'Only if this money was never received. The record stays visible as voided and its reference can be recorded again. This can’t be undone.',
  void_now: 'Void transfer',
  is_voided: 'This transfer was recorded by mistake and is voided. Nothing can be done with it.',

  is_unmatched: (amount: string) => `${amount} is unmatched`,
  unmatched_text: 'It pays nothing. Match it with a payment, or pay it back.',
  is_reserved: (amount: string) => `${amount} is reserved. Pay it back by hand, then settle it.`,
  done: {
    undone: (amount: string) => `The match is undone. ${amount} is unmatched again; nothing was paid out.`,
    reserved: (amount: string) => `${amount} is reserved. Pay it back by hand, then settle it below.`,
    paid_back: (amount: string) => `${amount} is recorded as paid back.`,
    settled: 'The refund is settled.',
    withdrawn: 'The refund is withdrawn. Its amount is unmatched again.',
    corrected: 'The changes are saved.',
    voided: 'The transfer is voided.',
  },
  outcome: {
    confirmed: (payment_id: number) => `Payment ${payment_id} is confirmed.`,
    with_rest: (payment_id: number, rest: string, id: number) =>
      `Payment ${payment_id} is confirmed. ${rest} of transfer ${id} is unmatched: match it with another payment, or pay it back.`,
    part: (payment_id: number, matched: string, due: string) =>
      `${matched} was matched with payment ${payment_id}, which still needs ${due} and stays pending.`,
    unmatched: (rest: string, id: number) =>
      `Transfer ${id} is recorded. ${rest} is unmatched: match it with a payment, or pay it back.`,
    refused: (payment_id: number, rest: string, id: number) =>
      `Payment ${payment_id} can’t take this money. It is recorded as transfer ${id}, and ${rest} is unmatched: match it with another payment, or pay it back.`,
  },
};

export type TransferWords = typeof en;

const id: TransferWords = {
  caption: 'Transfer, terbaru dahulu',
  back: 'Semua transfer',
  number: 'Transfer',
  reference: 'Referensi',
  method: 'Metode',
  received: 'Diterima',
  recorded: 'Dicatat',
  payer: 'Pengirim',
  note: 'Catatan',
  amount: 'Jumlah',
  unmatched: 'Belum dicocokkan',
  matched: 'Dicocokkan',
  refunded: 'Dikembalikan',
  reserved: 'Harus dikembalikan manual',
  sent_for: 'Dikirim untuk',
  receipt: 'Bukti',
  details: 'Rincian',
  states: { unmatched: 'Belum dicocokkan', all: 'Semua', voided: 'Tidak berlaku' },
  search: 'Referensi di mutasi',
  search_hint: 'Masukkan referensi lengkap; pencarian sebagian tidak didukung.',
  find: 'Cari',
  clear: 'Hapus',
  empty: {
    unmatched: 'Tidak ada transfer yang belum dicocokkan',
    all: 'Belum ada transfer',
    voided: 'Tidak ada transfer yang tidak berlaku',
  },
  nothing_found: 'Tidak ditemukan',

  record: 'Catat transfer…',
  record_title: 'Catat transfer',
  record_text:
    'Masukkan yang tertera di mutasi. Jika Anda menyebut pembayaran, uangnya dicocokkan dengannya sebesar yang diperlukan; sisanya belum dicocokkan.',
  record_now: 'Catat transfer',
  transaction: 'Referensi di mutasi',
  amount_in: (currency) => `Jumlah diterima dalam ${currency}`,
  amount_wrong: 'Masukkan jumlah seperti di mutasi, misalnya 50,00.',
  date: 'Tanggal diterima',
  date_wrong: 'Masukkan tanggal, paling lambat hari ini.',
  optional: (label) => `${label} (opsional)`,
  payment: 'Pembayaran',
  payment_hint: 'Nomor, faktur (INV-…), atau referensi pembayaran (RF…).',
  payment_unknown: 'Tidak ada pembayaran dengan nomor, faktur, atau referensi ini.',
  payment_several: 'Ada beberapa pembayaran yang cocok. Masukkan nomor pembayarannya.',
  payment_other: (method) => `Pembayaran ini memakai ${method}, jadi tidak dapat menerima transfer ini.`,
  payment_currency: (currency) => `Pembayaran ini dalam ${currency}, jadi tidak dapat menerima transfer ini.`,
  payment_paid_on_page: (method) =>
    `Pembayaran ini dibayar dengan ${method}. Hanya pembayaran lewat ${staffMethodNames('id')} yang menerima transfer.`,
  payment_needs: (amount) => `perlu ${amount}`,

  matches: 'Pembayaran yang dicocokkan',
  no_matches: 'Belum dicocokkan dengan pembayaran mana pun.',
  matched_at: 'Dicocokkan',
  do: 'Tindakan',
  match: 'Cocokkan dengan pembayaran…',
  match_title: (left) => `Cocokkan ${left} dengan pembayaran`,
  match_text:
    'Pembayaran dikonfirmasi begitu semua yang diperlukan terpenuhi. Jika kurang, pembayaran tetap menunggu dan tidak lagi kedaluwarsa.',
  match_now: (amount) => `Cocokkan ${amount}`,
  match_plain: 'Cocokkan',
  match_amount: (currency) => `Jumlah dalam ${currency}`,
  match_wrong: (max) => `Masukkan jumlah hingga ${max}.`,
  closed: (needs) =>
    `Pembayaran ini sudah berakhir tanpa dibayar. Hanya jumlah penuhnya, ${needs}, yang dapat melunasinya.`,
  takes_nothing: 'Pembayaran ini tidak dapat menerima uang.',

  undo: 'Batalkan pencocokan…',
  undo_title: (payment_id) => `Batalkan pencocokan dengan pembayaran ${payment_id}?`,
  undo_text:
    'Pembayaran dikembalikan dengan nota kredit. Tidak ada uang yang dikirim: uangnya kembali belum dicocokkan, dan dapat Anda cocokkan dengan pembayaran yang benar. Yang sudah dikembalikan kepada pengirim sebelumnya tetap dikembalikan.',
  undo_pending_text:
    'Uangnya dilepas dari pembayaran, yang tetap menunggu. Tidak ada uang yang dikirim: uangnya kembali belum dicocokkan.',
  undo_now: 'Batalkan pencocokan',
  reason: 'Alasan',

  refunds: 'Pengembalian',
  pay_back: 'Kembalikan…',
  pay_back_title: 'Kembalikan kepada pengirim',
  pay_back_text: (left) =>
    `Payonce tidak mengirim uang: Anda yang mengembalikannya secara manual. Hingga ${left} belum dicocokkan; yang dikembalikan tidak dapat dicocokkan lagi.`,
  pay_back_now: (amount) => `Catat ${amount} sebagai dikembalikan`,
  reserve_now: (amount) => `Cadangkan ${amount}`,
  pay_back_plain: 'Kembalikan',
  pay_back_by: 'Referensi transfer pengembalian',
  pay_back_hint: 'Kosongkan untuk mencadangkan; selesaikan setelah uangnya dikembalikan.',

  correct: 'Perbaiki…',
  correct_title: (transfer_id) => `Perbaiki transfer ${transfer_id}`,
  correct_text:
    'Untuk salah ketik. Isi sebelumnya tetap ada di log audit. Pembayaran yang sudah dikonfirmasi tetap dikonfirmasi.',
  correct_least: (least) =>
    `${least} di antaranya sudah dicocokkan atau dikembalikan, jadi tidak bisa kurang dari itu.`,
  currency: 'Mata uang',
  date_fixed: 'Pembayaran diberi tanggal menurut transfer ini: batalkan pencocokannya untuk mengubah tanggal.',
  correct_now: 'Simpan perubahan',
  void: 'Tandai tidak berlaku…',
  void_title: (transfer_id) => `Tandai transfer ${transfer_id} tidak berlaku?`,
  void_text:
    'Hanya jika uang ini tidak pernah diterima. Catatannya tetap terlihat sebagai tidak berlaku, dan referensinya dapat dicatat lagi. Ini tidak dapat dibatalkan.',
  void_now: 'Tandai tidak berlaku',
  is_voided: 'Transfer ini salah catat dan tidak berlaku. Tidak ada yang dapat dilakukan dengannya.',

  is_unmatched: (amount) => `${amount} belum dicocokkan`,
  unmatched_text: 'Uang ini tidak membayar apa pun. Cocokkan dengan pembayaran, atau kembalikan.',
  is_reserved: (amount) => `${amount} dicadangkan. Kembalikan secara manual, lalu selesaikan.`,
  done: {
    undone: (amount) => `Pencocokan dibatalkan. ${amount} kembali belum dicocokkan; tidak ada uang yang dikirim.`,
    reserved: (amount) => `${amount} dicadangkan. Kembalikan secara manual, lalu selesaikan di bawah.`,
    paid_back: (amount) => `${amount} dicatat sebagai dikembalikan.`,
    settled: 'Pengembalian sudah selesai.',
    withdrawn: 'Pengembalian sudah ditarik. Jumlahnya kembali belum dicocokkan.',
    corrected: 'Perubahan disimpan.',
    voided: 'Transfer ditandai tidak berlaku.',
  },
  outcome: {
    confirmed: (payment_id) => `Pembayaran ${payment_id} sudah dikonfirmasi.`,
    with_rest: (payment_id, rest, transfer_id) =>
      `Pembayaran ${payment_id} sudah dikonfirmasi. ${rest} dari transfer ${transfer_id} belum dicocokkan: cocokkan dengan pembayaran lain, atau kembalikan.`,
    part: (payment_id, matched, due) =>
      `${matched} dicocokkan dengan pembayaran ${payment_id}, yang masih perlu ${due} dan tetap menunggu.`,
    unmatched: (rest, transfer_id) =>
      `Transfer ${transfer_id} sudah dicatat. ${rest} belum dicocokkan: cocokkan dengan pembayaran, atau kembalikan.`,
    refused: (payment_id, rest, transfer_id) =>
      `Pembayaran ${payment_id} tidak dapat menerima uang ini. Uangnya dicatat sebagai transfer ${transfer_id}, dan ${rest} belum dicocokkan: cocokkan dengan pembayaran lain, atau kembalikan.`,
  },
};

export const transferWords = { en, id };
