import Negotiator from 'negotiator';

const en = {
  simulation: 'Simulation. No real money moves here.',
  title: 'Checkout',
  pay_to: 'Pay Payonce',
  quantity: 'Qty',
  total: 'Total due',
  expires: 'This page is open until',
  contact: 'Contact',
  email: 'Email',
  method: 'How would you like to pay?',
  card: 'Card',
  card_number: 'Card number',
  expiry: 'Expiry (MM/YY)',
  cvc: 'Security code',
  name: 'Name on card',
  later: 'Bank transfer',
  later_note:
    'You’ll get transfer details now and pay within a few days. We confirm your order once the money arrives.',
  pay: 'Pay',
  book: 'Book',
  donate: 'Donate',
  subscribe: 'Subscribe',
  pay_note: 'You’re charged only once, even if you press twice.',
  leave: 'Cancel and go back',
  test_cards: 'Cards for this simulation',
  test_pays: 'pays',
  test_declines: 'is declined',
  test_no_funds: 'has no funds',
  test_note: 'Any expiry date in the future, any three-digit security code.',
  problem: 'Please check the following:',
  bad_email: 'Enter an email address, such as name@example.com.',
  bad_method: 'This payment method is not available.',
  bad_number: 'The card number is incomplete or mistyped.',
  bad_expiry: 'Enter an expiry date that has not passed, such as 12 / 34.',
  bad_cvc: 'Enter the three digits on the back of the card.',
  bad_name: 'Enter the name on the card.',
  declined: 'The card was declined. Nothing was charged. Try another card.',
  no_funds: 'The card has insufficient funds. Nothing was charged. Try another card.',
  not_test_card: 'Only the cards of this simulation work here. Nothing was charged.',
  paid_title: 'Payment received',
  paid_text: 'Thank you. This payment is complete, and you will not be charged again.',
  waiting_title: 'Your transfer is on its way',
  waiting_text: 'We’ll confirm your order once the money arrives. You don’t need to pay again.',
  waiting_simulate: 'In this simulation you also play the bank:',
  waiting_arrives: 'The money arrives',
  waiting_fails: 'The transfer fails',
  failed_title: 'The transfer failed',
  failed_text: 'No money arrived, and nothing was charged. Go back and order again.',
  expired_title: 'This page has expired',
  expired_text: 'It was open for a limited time. Nothing was charged. Go back and start again.',
  unknown_title: 'Page not found',
  unknown_text: 'Please check the address, or go back to the shop and start again.',
  back: 'Back to the shop',
};

export type Sentences = Readonly<Record<keyof typeof en, string>>;

const id: Sentences = {
  simulation: 'Simulasi. Tidak ada uang sungguhan yang berpindah di sini.',
  title: 'Pembayaran',
  pay_to: 'Bayar ke Payonce',
  quantity: 'Jml',
  total: 'Total tagihan',
  expires: 'Halaman ini terbuka sampai',
  contact: 'Kontak',
  email: 'Email',
  method: 'Anda ingin membayar dengan apa?',
  card: 'Kartu',
  card_number: 'Nomor kartu',
  expiry: 'Berlaku (BB/TT)',
  cvc: 'Kode keamanan',
  name: 'Nama pada kartu',
  later: 'Transfer bank',
  later_note:
    'Anda menerima rincian transfer sekarang dan membayar dalam beberapa hari. Pesanan dikonfirmasi setelah uang diterima.',
  pay: 'Bayar',
  book: 'Pesan',
  donate: 'Donasi',
  subscribe: 'Berlangganan',
  pay_note: 'Anda hanya ditagih sekali, meskipun menekan dua kali.',
  leave: 'Batal dan kembali',
  test_cards: 'Kartu untuk simulasi ini',
  test_pays: 'berhasil',
  test_declines: 'ditolak',
  test_no_funds: 'tidak ada dana',
  test_note: 'Masa berlaku kapan saja di masa depan, kode keamanan tiga angka apa saja.',
  problem: 'Mohon periksa hal berikut:',
  bad_email: 'Masukkan alamat email, misalnya nama@contoh.com.',
  bad_method: 'Cara bayar ini tidak tersedia di sini.',
  bad_number: 'Nomor kartu tidak lengkap atau salah ketik.',
  bad_expiry: 'Masukkan masa berlaku yang belum lewat, misalnya 12 / 34.',
  bad_cvc: 'Masukkan tiga angka di belakang kartu.',
  bad_name: 'Masukkan nama pada kartu.',
  declined: 'Kartu ditolak. Tidak ada yang ditagih. Coba kartu lain.',
  no_funds: 'Dana pada kartu ini tidak cukup. Tidak ada yang ditagih. Coba kartu lain.',
  not_test_card: 'Hanya kartu simulasi yang berlaku di sini. Tidak ada yang ditagih.',
  paid_title: 'Pembayaran diterima',
  paid_text: 'Terima kasih. Pembayaran ini selesai, dan Anda tidak akan ditagih lagi.',
  waiting_title: 'Transfer Anda sedang diproses',
  waiting_text: 'Pesanan dikonfirmasi segera setelah uang diterima. Anda tidak perlu membayar lagi.',
  waiting_simulate: 'Dalam simulasi ini Anda juga menjadi banknya:',
  waiting_arrives: 'Uang diterima',
  waiting_fails: 'Transfer gagal',
  failed_title: 'Transfer gagal',
  failed_text: 'Tidak ada uang yang diterima, dan tidak ada yang ditagih. Silakan kembali dan pesan lagi.',
  expired_title: 'Halaman ini sudah kedaluwarsa',
  expired_text:
    'Halaman hanya terbuka untuk waktu terbatas, dan tidak ada yang ditagih. Silakan kembali dan mulai lagi.',
  unknown_title: 'Halaman tidak ditemukan',
  unknown_text: 'Mohon periksa alamatnya, atau kembali ke toko dan mulai lagi.',
  back: 'Kembali ke toko',
};

const LANGUAGES = ['en', 'id'] as const;
export type Language = (typeof LANGUAGES)[number];

export const SENTENCES: Readonly<Record<Language, Sentences>> = { en, id };

/** `?locale`, then the session's own, then the browser's. https://docs.stripe.com/js/appendix/supported_locales */
export function languageFor(
  asked: string | undefined,
  session: string | null | undefined,
  accepts: string | undefined,
): Language {
  for (const word of [asked, session]) {
    const language = LANGUAGES.find((known) => known === word?.split('-')[0]?.toLowerCase());
    if (language) return language;
  }
  const wanted = new Negotiator({ headers: { 'accept-language': accepts } }).language([...LANGUAGES]);
  return LANGUAGES.find((known) => known === wanted) ?? 'en';
}
