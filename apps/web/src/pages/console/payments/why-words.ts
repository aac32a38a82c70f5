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
  by_webhook: 'Stripe’s webhook told us that the money had arrived',
  by_worker: 'our worker asked Stripe, which said that the money had arrived',
  by_owner: 'the person came back from Stripe’s page, and Stripe confirmed that the money had arrived',
  by_staff: 'staff confirmed that the money had arrived',
  refused: others,
  returned: (n: number) => `money that could buy nothing any more came ${times(n)} and goes back by itself`,
  quarantined: (n: number) => `money that can’t be used for it arrived ${times(n)}; staff must review it`,
  refunded: (amount: string) => `${amount} of it was given back`,
  reserved: (amount: string) => `${amount} is reserved to be given back and has not been paid yet`,
  on_its_way: (amount: string) => `${amount} is on its way back`,
  unanswered: (amount: string) => `Stripe hasn’t answered yet whether it refunds ${amount}`,
  bounced: 'a refund failed, and its money is with us again',
  beyond: (amount: string) => `${amount} of that had been given back before, so it has left twice`,
  owed: (amount: string) => `${amount} is still owed to the person, since a refund failed after it had succeeded`,
  owed_plainly: (amount: string) => `${amount} counts as given back and is still owed to the person`,
  dispute: {
    inquiry: (amount: string) => `their bank asks about ${amount} and has taken nothing`,
    inquiry_closed: (amount: string) => `their bank has asked about ${amount} and took nothing`,
    open: (amount: string) => `${amount} is disputed with their bank`,
    won: (amount: string) => `a dispute about ${amount} ended in our favour`,
    lost: (amount: string) => `a dispute about ${amount} was lost, and their bank took it back`,
  },
  lost_partly: (amount: string, taken: string) =>
    `a dispute about ${amount} was partly lost, and their bank took ${taken} of it back`,
  lost_nothing: (amount: string) => `a dispute about ${amount} was lost, and their bank took nothing further`,
  processing: 'Not charged yet: it was paid at the provider, and the money is still on its way',
  unpaid: 'Not charged: nobody has paid on Stripe’s page so far',
  unpaid_after: (declined: string) => `Not charged: ${declined}`,
  declined: (n: number, reasons: string, shown: number) =>
    `${n} card ${n === 1 ? 'attempt was' : 'attempts were'} declined${n > shown ? ', the latest' : ''}: ${reasons}`,
  failed_by: (method: string) => `Not charged: the payment by ${method} failed at the provider`,
  attempt_failed: (method: string) => `an attempt by ${method} failed`,
  methods: { bank_debit: 'bank debit', bank_transfer: 'bank transfer', other: 'another payment method' },
  by_hand: 'Not charged here: it is paid by hand, and staff have not confirmed that the money arrived',
  failed: 'Not charged: the payment failed at the provider',
  expired: 'Not charged: the time for paying ran out before any money came',
  expired_by_hand:
    'Not charged here: the time for paying ran out; money that comes all the same pays it if it is all of it and no other payment has taken its place',
  cancelled: {
    owner: 'Not charged: the person cancelled before paying',
    staff: 'Not charged: staff cancelled it before it was paid',
    system: 'Not charged: it was cancelled before it was paid',
  },
  cancelled_because: {
    price_changed: 'Not charged: the price changed, and the payment page was closed before anyone paid',
    closed: 'Not charged: the consultation or product was closed before anyone paid',
  },
  abandoned: 'Not charged as far as Payonce knows: staff ended it without Stripe',
  cancelled_by_hand: {
    owner: 'Not charged here: the person cancelled; had they sent the money, it belongs to a new payment or goes back',
    staff: 'Not charged here: staff cancelled it; money that comes for it belongs to a new payment or goes back',
    system: 'Not charged here: it was cancelled; money that comes for it belongs to a new payment or goes back',
  },
  paid_without_time: 'Its state says that it was paid',
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
  by_webhook: 'webhook Stripe memberi tahu bahwa uangnya sudah masuk',
  by_worker: 'worker kami bertanya kepada Stripe, yang menjawab bahwa uangnya sudah masuk',
  by_owner: 'orangnya kembali dari halaman Stripe, dan Stripe memastikan uangnya sudah masuk',
  by_staff: 'staf memastikan uangnya sudah masuk',
  refused: lainnya,
  returned: (n) => `uang yang tidak lagi bisa membeli apa pun datang ${n} kali dan dikembalikan otomatis`,
  quarantined: (n) => `uang yang tidak dapat dipakai untuknya masuk ${n} kali; staf harus meninjaunya`,
  refunded: (amount) => `${amount} di antaranya sudah dikembalikan`,
  reserved: (amount) => `${amount} dicadangkan untuk dikembalikan dan belum dibayarkan`,
  on_its_way: (amount) => `${amount} sedang dikembalikan`,
  unanswered: (amount) => `Stripe belum menjawab apakah ${amount} dikembalikan`,
  bounced: 'satu pengembalian gagal, dan uangnya kembali pada kami',
  beyond: (amount) => `${amount} di antaranya sudah dikembalikan sebelumnya, jadi keluar dua kali`,
  owed: (amount) => `${amount} masih terutang kepada orangnya, karena pengembalian gagal setelah sempat berhasil`,
  owed_plainly: (amount) => `${amount} tercatat sudah dikembalikan dan masih terutang kepada orangnya`,
  dispute: {
    inquiry: (amount) => `banknya menanyakan ${amount} dan tidak menarik apa pun`,
    inquiry_closed: (amount) => `banknya pernah menanyakan ${amount} dan tidak menarik apa pun`,
    open: (amount) => `${amount} sedang disengketakan di banknya`,
    won: (amount) => `sengketa atas ${amount} kami menangkan`,
    lost: (amount) => `sengketa atas ${amount} kalah, dan banknya menarik uangnya kembali`,
  },
  lost_partly: (amount, taken) => `sengketa atas ${amount} kalah sebagian, dan banknya menarik ${taken} di antaranya`,
  lost_nothing: (amount) => `sengketa atas ${amount} kalah, dan banknya tidak menarik apa pun lagi`,
  processing: 'Belum ditagih: sudah dibayar di penyedia, dan uangnya masih dalam perjalanan',
  unpaid: 'Tidak ditagih: sejauh ini belum ada yang membayar di halaman Stripe',
  unpaid_after: (declined) => `Tidak ditagih: ${declined}`,
  declined: (n, reasons, shown) => `${n} percobaan kartu ditolak${n > shown ? ', yang terakhir' : ''}: ${reasons}`,
  failed_by: (method) => `Tidak ditagih: pembayaran dengan ${method} gagal di penyedia`,
  attempt_failed: (method) => `satu percobaan dengan ${method} gagal`,
  methods: { bank_debit: 'debit bank', bank_transfer: 'transfer bank', other: 'metode pembayaran lain' },
  by_hand: 'Tidak ditagih di sini: dibayar secara manual, dan staf belum memastikan uangnya masuk',
  failed: 'Tidak ditagih: pembayaran gagal di penyedia',
  expired: 'Tidak ditagih: waktu pembayaran habis sebelum ada uang yang masuk',
  expired_by_hand:
    'Tidak ditagih di sini: waktu pembayaran habis; uang yang tetap masuk membayarnya jika jumlahnya penuh dan belum ada pembayaran lain yang menggantikannya',
  cancelled: {
    owner: 'Tidak ditagih: orangnya membatalkan sebelum membayar',
    staff: 'Tidak ditagih: staf membatalkannya sebelum dibayar',
    system: 'Tidak ditagih: dibatalkan sebelum dibayar',
  },
  cancelled_because: {
    price_changed: 'Tidak ditagih: harganya berubah, dan halaman pembayarannya ditutup sebelum ada yang membayar',
    closed: 'Tidak ditagih: konsultasi atau produknya ditutup sebelum ada yang membayar',
  },
  abandoned: 'Tidak ditagih sejauh yang diketahui Payonce: staf mengakhirinya tanpa Stripe',
  cancelled_by_hand: {
    owner:
      'Tidak ditagih di sini: orangnya membatalkan; jika uangnya sudah dikirim, catat pada pembayaran baru atau kembalikan',
    staff: 'Tidak ditagih di sini: staf membatalkannya; uang yang masuk dicatat pada pembayaran baru atau dikembalikan',
    system: 'Tidak ditagih di sini: dibatalkan; uang yang masuk dicatat pada pembayaran baru atau dikembalikan',
  },
  paid_without_time: 'Statusnya menyatakan bahwa ini sudah dibayar',
};

export const whyWords = { en, id };
