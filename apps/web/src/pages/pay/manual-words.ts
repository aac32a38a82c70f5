/** Instructions for bank transfers and GCash. */
export const manualWords = {
  en: {
    steps: 'How to pay',
    where: {
      gcash:
        'Send exactly this amount in GCash to this number, in one transfer. Enter the payment reference as the message.',
      bank_transfer:
        'Transfer exactly this amount to this account, in one transfer. Enter the payment reference as the message.',
    },
    unknown_title: { gcash: 'Ask your clinic for its GCash number', bank_transfer: 'Ask your clinic for its account' },
    unknown: {
      gcash:
        'Your clinic hasn’t entered its number here. Once you have it, send exactly this amount and enter the payment reference as the message.',
      bank_transfer:
        'Your clinic hasn’t entered its account here. Once you have it, transfer exactly this amount and enter the payment reference as the message.',
    },
    bank: 'Bank',
    account: { gcash: 'GCash number', bank_transfer: 'Account number' },
    holder: { gcash: 'Name', bank_transfer: 'Account holder' },
    amount: 'Amount',
    rest: 'Amount still due',
    reference: 'Reference',
    until: 'Send it by',
    expires:
      'After that, this payment expires and you can start again. If you’ve already sent the money, tell your clinic instead.',
    never_expires: 'This payment doesn’t expire.',
    next: 'You can close this page. You’ll find the payment under “My payments”.',
    copy: 'Copy',
    copied: 'Copied',
    was_copied: (what: string) => `${what} copied.`,
    was_selected: (what: string) =>
      `Your browser doesn’t allow copying. ${what} is selected: press Ctrl+C or use the menu.`,
  },
  id: {
    steps: 'Yang perlu dilakukan',
    where: {
      gcash:
        'Kirim jumlah ini dengan tepat lewat GCash ke nomor ini, dalam satu kali kirim. Tulis referensi sebagai pesan.',
      bank_transfer:
        'Transfer jumlah ini dengan tepat ke rekening ini, dalam satu kali transfer. Tulis referensi sebagai berita.',
    },
    unknown_title: {
      gcash: 'Tanyakan nomor GCash kepada klinik Anda',
      bank_transfer: 'Tanyakan rekeningnya kepada klinik Anda',
    },
    unknown: {
      gcash:
        'Klinik Anda belum mencantumkan nomornya di sini. Setelah mendapatkannya, kirim jumlah ini dengan tepat dan tulis referensi sebagai pesan.',
      bank_transfer:
        'Klinik Anda belum mencantumkan rekeningnya di sini. Setelah mendapatkannya, transfer jumlah ini dengan tepat dan tulis referensi sebagai berita.',
    },
    bank: 'Bank',
    account: { gcash: 'Nomor GCash', bank_transfer: 'Nomor rekening' },
    holder: { gcash: 'Nama', bank_transfer: 'Atas nama' },
    amount: 'Jumlah',
    rest: 'Jumlah yang masih kurang',
    reference: 'Referensi',
    until: 'Kirim paling lambat',
    expires:
      'Setelah itu pembayaran ini kedaluwarsa, dan Anda dapat memulai lagi. Jika uangnya sudah Anda kirim, beri tahu klinik saja.',
    never_expires: 'Pembayaran ini tidak kedaluwarsa.',
    next: 'Anda boleh menutup halaman ini: pembayarannya tetap ada di “Pembayaran saya”.',
    copy: 'Salin',
    copied: 'Tersalin',
    was_copied: (what: string) => `${what} tersalin.`,
    was_selected: (what: string) =>
      `Peramban Anda tidak mengizinkan halaman ini menyalin. ${what} sudah ditandai: salin dengan Ctrl+C atau dari menu.`,
  },
};
