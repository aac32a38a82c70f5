/** Names of the pages. */
export const pageWords = {
  en: { pay: 'Pay', console: 'Console', lab: 'Race lab', nowhere: 'Page not found' },
  id: { pay: 'Bayar', console: 'Konsol', lab: 'Lab balapan', nowhere: 'Halaman tidak ditemukan' },
};
