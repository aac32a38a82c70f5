const times = (n: number) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

function others(refused: number, repeated: number, charged: boolean): string {
  const told = [
    refused > 0 ? `${refused} further ${refused === 1 ? 'request was' : 'requests were'} refused as a duplicate` : '',
    repeated > 0 ? `${repeated} ${repeated === 1 ? 'repetition' : 'repetitions'} got the first answer again` : '',
  ].filter(Boolean);
  return told.length === 0 ? '' : told.join(' and ') + (charged ? ', and charged nothing' : '');
}

function lainnya(refused: number, repeated: number, charged: boolean): string {
  const told = [
    refused > 0 ? `${refused} permintaan lain ditolak karena ganda` : '',
    repeated > 0 ? `${repeated} pengulangan mendapat jawaban pertama lagi` : '',
  ].filter(Boolean);
  return told.length === 0 ? '' : told.join(' dan ') + (charged ? ', tanpa tagihan tambahan' : '');
}

const en = {
  why: 'Why was I charged?',
  why_not: 'Why was I not charged?',
  charged: (declined: number, amount: string, at: string) =>
    declined === 0
      ? `Charged once, ${amount} on ${at}`
      : `Charged once, after ${declined} declined ${declined === 1 ? 'attempt' : 'attempts'}: ${amount} on ${at}`,
  charged_in: (n: number, amount: string, at: string) => `Charged once, ${amount} in ${n} transfers, the last on ${at}`,
  mistaken: (amount: string) =>
    `Not charged: ${amount} that belongs to something else was matched with it by mistake; the match was undone, and nothing was paid out`,
  partly: (received: string, all: string, due: string) =>
    `${received} of ${all} has arrived, and ${due} is still due; it no longer expires`,
  undone: (amount: string) =>
    `${amount} was matched with it by mistake; that match was undone, and nothing was paid out`,
  unmatched_transfer: (amount: string) =>
    `${amount} that was sent for it is unmatched; staff match it with a payment, or pay it back`,
  transfer_reserved: (amount: string) => `${amount} that was sent for it is to be paid back by hand`,
  by_webhook: (provider: string) => `${provider}’s webhook reported the payment`,
  by_worker: (provider: string) => `the worker asked ${provider}, which confirmed the payment`,
  by_owner: (provider: string) =>
    `the customer returned from ${provider}’s page, and ${provider} confirmed the payment`,
  by_staff: 'staff confirmed that the money had arrived',
  refused: others,
  returned: (n: number) => `money arrived ${times(n)} after the payment had closed and is refunded automatically`,
  quarantined: (n: number) => `money that can’t be used for it arrived ${times(n)}; staff must review it`,
  refunded: (amount: string) => `${amount} was refunded`,
  reserved: (amount: string) => `a refund of ${amount} is reserved and hasn’t been paid out yet`,
  on_its_way: (amount: string) => `a refund of ${amount} is on its way`,
  unanswered: (provider: string, amount: string) => `${provider} hasn’t answered yet whether it refunds ${amount}`,
  bounced: 'a refund failed, and the money is back with us',
  beyond: (amount: string) => `${amount} of that had already been refunded, so it was paid out twice`,
  owed: (amount: string) => `${amount} is still owed to the customer, because a refund failed after it had succeeded`,
  owed_plainly: (amount: string) => `${amount} counts as refunded and is still owed to the customer`,
  dispute: {
    inquiry: (amount: string) => `the bank has opened an inquiry about ${amount} and has taken no money`,
    inquiry_closed: (amount: string) => `the bank’s inquiry about ${amount} was closed, and no money was taken`,
    open: (amount: string) => `${amount} is disputed`,
    won: (amount: string) => `a dispute about ${amount} was won`,
    lost: (amount: string) => `a dispute about ${amount} was lost, and the bank took the money back`,
  },
  lost_partly: (amount: string, taken: string) =>
    `a dispute about ${amount} was partly lost, and the bank took ${taken} back`,
  lost_nothing: (amount: string) => `a dispute about ${amount} was lost, and the bank took no further money`,
  processing: 'Not charged yet: the customer paid at the provider, and the payment is processing',
  unpaid: (provider: string) => `Not charged: the customer hasn’t paid on ${provider}’s page yet`,
  unpaid_after: (declined: string) => `Not charged: ${declined}`,
  declined: (n: number, reasons: string, shown: number) =>
    `${n} card ${n === 1 ? 'attempt was' : 'attempts were'} declined${n > shown ? ', the latest' : ''}: ${reasons}`,
  failed_by: (method: string) => `Not charged: the payment by ${method} failed at the provider`,
  attempt_failed: (method: string) => `an attempt by ${method} failed`,
  methods: { bank_debit: 'bank debit', bank_transfer: 'bank transfer', other: 'another payment method' },
  by_hand: 'Not charged yet: staff haven’t confirmed that the money arrived',
  failed: 'Not charged: the payment failed at the provider',
  expired: 'Not charged: the payment expired before any money arrived',
  expired_by_hand:
    'No payment recorded: it expired. Money that still arrives completes it only if the full amount arrives and no other payment has replaced it',
  cancelled: {
    owner: 'Not charged: the customer cancelled before paying',
    staff: 'Not charged: staff cancelled it before it was paid',
    system: 'Not charged: it was cancelled before it was paid',
  },
  cancelled_because: {
    price_changed: 'Not charged: the price changed, and the payment page was closed before anyone paid',
    closed: 'Not charged: the consultation or product was closed before anyone paid',
  },
  abandoned: (provider: string) => `Not charged as far as Payonce knows: staff ended it without ${provider}`,
  cancelled_by_hand: {
    owner: 'No payment recorded: the customer cancelled. If money arrives, match it with a new payment or pay it back',
    staff: 'No payment recorded: staff cancelled it. If money arrives, match it with a new payment or pay it back',
    system: 'No payment recorded: it was cancelled. If money arrives, match it with a new payment or pay it back',
  },
  paid_without_time: 'The payment is marked as paid',
};

export type WhyWords = typeof en;

const id: WhyWords = {
  why: 'Mengapa saya ditagih?',
  why_not: 'Mengapa saya tidak ditagih?',
  charged: (declined, amount, at) =>
    declined === 0
      ? `Ditagih satu kali, ${amount} pada ${at}`
      : `Ditagih satu kali, setelah ${declined} percobaan yang ditolak: ${amount} pada ${at}`,
  charged_in: (n, amount, at) => `Ditagih satu kali, ${amount} dalam ${n} transfer, yang terakhir pada ${at}`,
  mistaken: (amount) =>
    `Tidak ditagih: ${amount} yang bukan untuknya dicocokkan karena keliru; pencocokannya dibatalkan, dan tidak ada uang yang dikirim`,
  partly: (received, all, due) =>
    `${received} dari ${all} sudah diterima, dan masih kurang ${due}; pembayaran ini tidak lagi kedaluwarsa`,
  undone: (amount) =>
    `${amount} dicocokkan dengannya karena keliru; pencocokan itu dibatalkan, dan tidak ada uang yang dikirim`,
  unmatched_transfer: (amount) =>
    `${amount} yang dikirim untuknya belum dicocokkan; staf mencocokkannya dengan pembayaran, atau mengembalikannya`,
  transfer_reserved: (amount) => `${amount} yang dikirim untuknya harus dikembalikan secara manual`,
  by_webhook: (provider) => `webhook ${provider} memberi tahu bahwa uangnya sudah masuk`,
  by_worker: (provider) => `worker kami bertanya kepada ${provider}, yang menjawab bahwa uangnya sudah masuk`,
  by_owner: (provider) => `pelanggan kembali dari halaman ${provider}, dan ${provider} mengonfirmasi pembayarannya`,
  by_staff: 'staf memastikan uangnya sudah masuk',
  refused: lainnya,
  returned: (n) => `uang masuk ${n} kali setelah pembayaran ditutup dan dikembalikan otomatis`,
  quarantined: (n) => `uang yang tidak dapat dipakai untuknya masuk ${n} kali; staf harus meninjaunya`,
  refunded: (amount) => `${amount} sudah dikembalikan`,
  reserved: (amount) => `${amount} dicadangkan untuk dikembalikan dan belum dibayarkan`,
  on_its_way: (amount) => `${amount} sedang dikembalikan`,
  unanswered: (provider, amount) => `${provider} belum menjawab apakah ${amount} dikembalikan`,
  bounced: 'satu pengembalian gagal, dan uangnya kembali pada kami',
  beyond: (amount) => `${amount} di antaranya sudah dikembalikan sebelumnya, jadi dibayarkan dua kali`,
  owed: (amount) => `${amount} masih terutang kepada pelanggan, karena pengembalian gagal setelah sempat berhasil`,
  owed_plainly: (amount) => `${amount} tercatat sudah dikembalikan dan masih terutang kepada pelanggan`,
  dispute: {
    inquiry: (amount) => `bank membuka pertanyaan atas ${amount} dan tidak menarik uang`,
    inquiry_closed: (amount) => `pertanyaan bank atas ${amount} sudah ditutup, tanpa penarikan uang`,
    open: (amount) => `${amount} sedang disengketakan`,
    won: (amount) => `sengketa atas ${amount} kami menangkan`,
    lost: (amount) => `sengketa atas ${amount} kalah, dan bank menarik uangnya kembali`,
  },
  lost_partly: (amount, taken) => `sengketa atas ${amount} kalah sebagian, dan bank menarik ${taken} di antaranya`,
  lost_nothing: (amount) => `sengketa atas ${amount} kalah, dan bank tidak menarik uang lagi`,
  processing: 'Belum ditagih: sudah dibayar di penyedia, dan uangnya masih dalam perjalanan',
  unpaid: (provider) => `Tidak ditagih: pelanggan belum membayar di halaman ${provider}`,
  unpaid_after: (declined) => `Tidak ditagih: ${declined}`,
  declined: (n, reasons, shown) => `${n} percobaan kartu ditolak${n > shown ? ', yang terakhir' : ''}: ${reasons}`,
  failed_by: (method) => `Tidak ditagih: pembayaran dengan ${method} gagal di penyedia`,
  attempt_failed: (method) => `satu percobaan dengan ${method} gagal`,
  methods: { bank_debit: 'debit bank', bank_transfer: 'transfer bank', other: 'metode pembayaran lain' },
  by_hand: 'Belum ditagih: staf belum memastikan uangnya masuk',
  failed: 'Tidak ditagih: pembayaran gagal di penyedia',
  expired: 'Tidak ditagih: waktu pembayaran habis sebelum ada uang yang masuk',
  expired_by_hand:
    'Tidak ada pembayaran tercatat: waktu pembayaran habis. Uang yang tetap masuk membayarnya jika jumlahnya penuh dan belum ada pembayaran lain yang menggantikannya',
  cancelled: {
    owner: 'Tidak ditagih: pelanggan membatalkan sebelum membayar',
    staff: 'Tidak ditagih: staf membatalkannya sebelum dibayar',
    system: 'Tidak ditagih: dibatalkan sebelum dibayar',
  },
  cancelled_because: {
    price_changed: 'Tidak ditagih: harganya berubah, dan halaman pembayarannya ditutup sebelum ada yang membayar',
    closed: 'Tidak ditagih: konsultasi atau produknya ditutup sebelum ada yang membayar',
  },
  abandoned: (provider) => `Tidak ditagih sejauh yang diketahui Payonce: staf mengakhirinya tanpa ${provider}`,
  cancelled_by_hand: {
    owner:
      'Tidak ada pembayaran tercatat: pelanggan membatalkannya. Jika ada uang yang masuk, cocokkan dengan pembayaran baru atau kembalikan',
    staff:
      'Tidak ada pembayaran tercatat: staf membatalkannya. Jika ada uang yang masuk, cocokkan dengan pembayaran baru atau kembalikan',
    system:
      'Tidak ada pembayaran tercatat: dibatalkan. Jika ada uang yang masuk, cocokkan dengan pembayaran baru atau kembalikan',
  },
  paid_without_time: 'Statusnya menyatakan bahwa ini sudah dibayar',
};

export const whyWords = { en, id };
