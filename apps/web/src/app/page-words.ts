/** What our pages are called. */
export const pageWords = {
  en: { pay: 'Pay', console: 'Console', lab: 'Race lab', nowhere: 'Nothing here' },
  id: { pay: 'Bayar', console: 'Konsol', lab: 'Lab balapan', nowhere: 'Tidak ada apa pun' },
};
