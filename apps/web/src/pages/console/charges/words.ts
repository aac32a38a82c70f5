/** Texts for decisions about money that does not match its payment. */
export const chargeWords = {
  en: {
    accept: 'Accept…',
    accept_title: (amount: string) => `Accept ${amount}?`,
    accept_text: (provider: string) =>
      `Payonce asks ${provider} what it received. If that is the amount due, the payment is completed; otherwise nothing changes.`,
    accept_now: 'Accept money',
    refund: 'Refund…',
    refund_text: (left: string) =>
      `Up to ${left} can be refunded to the original payment method. This doesn’t complete the payment.`,
    settle_elsewhere: 'Settled elsewhere…',
    settle_elsewhere_title: (amount: string) => `Mark ${amount} as settled elsewhere?`,
    settle_elsewhere_text:
      'Payonce will neither refund this money nor count it as paid. This can’t be undone, and the note stays in the timeline.',
    settle_elsewhere_now: 'Mark as settled elsewhere',
    note: 'How it was settled',
    note_hint: 'For example where the money went, and who agreed.',
  },
  id: {
    accept: 'Terima…',
    accept_title: (amount: string) => `Terima ${amount}?`,
    accept_text: (provider: string) =>
      `Payonce menanyakan ke ${provider} berapa yang diterimanya. Jika itu sesuai tagihan, pembayarannya selesai; jika tidak, tidak ada yang berubah.`,
    accept_now: 'Terima uangnya',
    refund: 'Kembalikan…',
    refund_text: (left: string) =>
      `Paling banyak ${left} dapat dikembalikan ke metode pembayaran asalnya. Ini tidak melunasi pembayarannya.`,
    settle_elsewhere: 'Diselesaikan di tempat lain…',
    settle_elsewhere_title: (amount: string) => `Tandai ${amount} sebagai diselesaikan di tempat lain?`,
    settle_elsewhere_text:
      'Payonce tidak akan mengembalikan uang ini maupun menghitungnya sebagai pembayaran. Ini tidak dapat dibatalkan, dan catatannya tetap ada di linimasa.',
    settle_elsewhere_now: 'Tandai sebagai diselesaikan',
    note: 'Cara penyelesaiannya',
    note_hint: 'Misalnya ke mana uangnya, dan siapa yang menyetujui.',
  },
};
