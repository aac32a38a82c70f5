/** What went wrong, in sentences with money as people read it. `fields`: labels of what was filled in. */
export const failureWords = {
  en: {
    price: (now: string) => `The price has changed. It is now ${now}.`,
    provider: 'The payment provider',
    waits: (provider: string, id: number, sum: string) =>
      `${provider} hasn’t answered refund ${id} of ${sum} yet. It stays reserved, and Payonce keeps asking. Don’t request it again another way; you can withdraw it.`,
    decide: (provider: string, id: number, sum: string, others: string) =>
      `${provider} never answered refund ${id} of ${sum}, and another refund of this payment was made there meanwhile (${others}). Payonce won’t send it again. If the other refund replaces it, withdraw it; if you want both, withdraw it and refund again.`,
    left: (most: string) => `At most ${most} can still be refunded.`,
    unacceptable: (received: string, due: string, state: string) =>
      `This money can’t complete the payment: ${received} arrived, the amount due is ${due}, and the payment is ${state}. Refund it, or mark it as settled elsewhere.`,
    recorded: (id: number) => `This reference is already recorded, as transfer ${id}.`,
    recorded_other: (id: number, sum: string) =>
      `This reference is already recorded as transfer ${id} of ${sum}, which doesn’t match. Open the transfer to match it, or to correct it.`,
    left_unmatched: (id: number) =>
      `This payment can’t take the money. It is recorded as transfer ${id} and is unmatched: match it with another payment, or pay it back.`,
    match_most: (most: string) => `At most ${most} can be matched with this payment.`,
    match_none: 'This payment can no longer take a part of its amount.',
    in_use: (sum: string) => `${sum} of this transfer is matched or paid back. Undo its matches first.`,
    in_use_void: 'This transfer was voided.',
    decided: (state: string) => `This money was already decided: ${state}.`,
    range: (least: string, most: string) => `This method takes amounts from ${least} to ${most}.`,
    fields: {
      transaction_id: 'The reference',
      amount: 'The amount',
      reason: 'The reason',
      note: 'The note',
      payer: 'The payer',
      received_at: 'The date',
      amount_received: 'The amount',
      email: 'The email',
    },
  },
  id: {
    price: (now: string) => `Harganya sudah berubah. Sekarang ${now}.`,
    provider: 'Penyedia pembayaran',
    waits: (provider: string, id: number, sum: string) =>
      `${provider} belum menjawab pengembalian ${id} sebesar ${sum}. Jumlahnya tetap dicadangkan, dan Payonce terus menanyakannya. Jangan memintanya lagi dengan cara lain; Anda dapat menariknya.`,
    decide: (provider: string, id: number, sum: string, others: string) =>
      `${provider} tidak pernah menjawab pengembalian ${id} sebesar ${sum}, dan sementara itu pengembalian lain untuk pembayaran ini dibuat di sana (${others}). Payonce tidak mengirimkannya lagi. Jika pengembalian lain itu menggantikannya, tarik yang ini; jika Anda menginginkan keduanya, tarik yang ini lalu buat pengembalian baru.`,
    left: (most: string) => `Paling banyak ${most} yang masih dapat dikembalikan.`,
    unacceptable: (received: string, due: string, state: string) =>
      `Uang ini tidak dapat melunasi pembayarannya: ${received} diterima, tagihannya ${due}, dan status pembayarannya ${state}. Kembalikan uangnya, atau tandai sebagai diselesaikan di tempat lain.`,
    recorded: (id: number) => `Referensi ini sudah tercatat, sebagai transfer ${id}.`,
    recorded_other: (id: number, sum: string) =>
      `Referensi ini sudah tercatat sebagai transfer ${id} sebesar ${sum}, yang tidak cocok. Buka transfernya untuk mencocokkan atau memperbaikinya.`,
    left_unmatched: (id: number) =>
      `Pembayaran ini tidak dapat menerima uangnya. Uangnya dicatat sebagai transfer ${id} dan belum dicocokkan: cocokkan dengan pembayaran lain, atau kembalikan.`,
    match_most: (most: string) => `Paling banyak ${most} yang dapat dicocokkan dengan pembayaran ini.`,
    match_none: 'Pembayaran ini tidak dapat lagi menerima sebagian dari jumlahnya.',
    in_use: (sum: string) =>
      `${sum} dari transfer ini sudah dicocokkan atau dikembalikan. Batalkan pencocokannya dahulu.`,
    in_use_void: 'Transfer ini sudah ditandai tidak berlaku.',
    decided: (state: string) => `Uang ini sudah diputuskan: ${state}.`,
    range: (least: string, most: string) => `Metode ini menerima jumlah dari ${least} sampai ${most}.`,
    fields: {
      transaction_id: 'Nomor transaksi',
      amount: 'Jumlahnya',
      reason: 'Alasannya',
      note: 'Catatannya',
      payer: 'Pengirimnya',
      received_at: 'Tanggalnya',
      amount_received: 'Jumlahnya',
      email: 'Email',
    },
  },
};
