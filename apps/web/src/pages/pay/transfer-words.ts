/** Texts for payers about money that arrived by transfer. */
export const transferWords = {
  en: {
    more: (amount: string) =>
      `We received ${amount} more than this payment needs. Your clinic will use it for another payment of yours, or pay it back.`,
    unused: (amount: string) =>
      `We received ${amount} for this payment, but it doesn’t pay it. Your clinic will use it for another payment of yours, or pay it back.`,
    on_its_way: (amount: string, method: string) => `Your clinic is refunding ${amount} to you by ${method}.`,
    dont_pay: 'Please ask your clinic before you pay again.',
    part_title: (received: string, all: string) => `${received} of ${all} has arrived`,
    part_text: (due: string) => `Please send the remaining ${due}. This page shows the receipt once it has arrived.`,
    cancel_part: (received: string) =>
      `Cancel? Your clinic will use the ${received} that has arrived for another payment of yours, or pay it back.`,
    mistaken_title: 'Not paid',
    mistaken_text:
      'This payment was confirmed by mistake: the money belongs to another payment. If you’ve already sent money for it, please ask your clinic before you pay.',
    pay_now: 'Pay now',
    mistaken_part: (amount: string) =>
      `${amount} was counted for this payment by mistake: it belongs to another payment, and no longer counts here.`,
  },
  id: {
    more: (amount: string) =>
      `Kami menerima ${amount} lebih dari yang diperlukan. Klinik Anda akan memakainya untuk pembayaran Anda yang lain, atau mengembalikannya.`,
    unused: (amount: string) =>
      `Kami menerima ${amount} untuk pembayaran ini, tetapi tidak melunasinya. Klinik Anda akan memakainya untuk pembayaran Anda yang lain, atau mengembalikannya.`,
    on_its_way: (amount: string, method: string) => `Klinik Anda sedang mengembalikan ${amount} lewat ${method}.`,
    dont_pay: 'Mohon tanyakan kepada klinik sebelum membayar lagi.',
    part_title: (received: string, all: string) => `${received} dari ${all} sudah diterima`,
    part_text: (due: string) =>
      `Mohon kirim sisanya, ${due}. Halaman ini menampilkan bukti pembayaran begitu uangnya diterima.`,
    cancel_part: (received: string) =>
      `Batalkan? Klinik Anda akan memakai ${received} yang sudah diterima untuk pembayaran Anda yang lain, atau mengembalikannya.`,
    mistaken_title: 'Belum dibayar',
    mistaken_text:
      'Pembayaran ini dikonfirmasi karena keliru: uangnya milik pembayaran lain. Jika Anda sudah mengirim uang untuknya, mohon tanyakan kepada klinik sebelum membayar.',
    pay_now: 'Bayar sekarang',
    mistaken_part: (amount: string) =>
      `${amount} dihitung untuk pembayaran ini karena keliru: uang itu milik pembayaran lain, dan tidak lagi dihitung di sini.`,
  },
};
