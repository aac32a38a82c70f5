/** Texts for payers about money that does not match its payment. */
export const unmatchedWords = {
  en: {
    title: 'Your payment needs review',
    here: (amount: string) => `${amount} arrived but doesn’t match the amount due. Staff will review it.`,
    dont_pay: 'Please don’t pay again until they have.',
    on_its_way: (amount: string) =>
      `${amount} arrived but didn’t match the amount due. It’s being refunded to you; it may take a few days.`,
    gone_back: (amount: string) =>
      `${amount} arrived but didn’t match the amount due. It was refunded to you; banks take a few days to show it.`,
    settled: (amount: string) =>
      `${amount} arrived but didn’t match the amount due. Your clinic has settled it separately; please ask them before you pay again.`,
    see: 'See that payment',
  },
  id: {
    title: 'Pembayaran Anda perlu ditinjau',
    here: (amount: string) => `${amount} masuk, tetapi tidak sesuai tagihannya. Staf akan meninjaunya.`,
    dont_pay: 'Mohon jangan membayar lagi sebelum itu selesai.',
    on_its_way: (amount: string) =>
      `${amount} masuk, tetapi tidak sesuai tagihannya. Uangnya sedang dikembalikan kepada Anda; mungkin perlu beberapa hari.`,
    gone_back: (amount: string) =>
      `${amount} masuk, tetapi tidak sesuai tagihannya. Uangnya sudah dikembalikan kepada Anda; bank perlu beberapa hari untuk menampilkannya.`,
    settled: (amount: string) =>
      `${amount} masuk, tetapi tidak sesuai tagihannya. Klinik Anda sudah menyelesaikannya secara terpisah; silakan tanyakan sebelum membayar lagi.`,
    see: 'Lihat pembayaran itu',
  },
};
