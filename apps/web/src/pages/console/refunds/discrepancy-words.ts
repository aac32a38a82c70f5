/** Texts about paid sessions at Stripe that the database cannot account for. */
export const discrepancyWords = {
  en: {
    caption: 'Discrepancies with Stripe, newest first',
    kind: 'Problem',
    kinds: {
      unknown_payment: 'Paid at Stripe, but not in the database',
      paid_twice: 'Paid twice at Stripe',
    },
    session: 'Checkout session',
    about: 'Payment',
    found: 'Found',
    amount: 'Amount',
    do: 'To do',
    empty: 'No open discrepancies',
    resolve: 'Resolve…',
    resolve_title: (amount: string) =>
      amount ? `Resolve this discrepancy of ${amount}?` : 'Resolve this discrepancy?',
    resolve_text: {
      unknown_payment: 'Find the checkout session in the Stripe Dashboard, and refund it there or book it by hand.',
      paid_twice: 'Check on the payment whether the second charge was refunded.',
    },
    resolve_risk: 'Resolving it moves no money and can’t be undone.',
    resolve_now: 'Resolve discrepancy',
    note: 'What you found and did',
    note_hint: 'For example the refund in the Stripe Dashboard. Up to 500 characters.',
    done: 'The discrepancy is resolved. No money was moved.',
  },
  id: {
    caption: 'Selisih dengan Stripe, terbaru dahulu',
    kind: 'Masalah',
    kinds: {
      unknown_payment: 'Dibayar di Stripe, tetapi tidak ada di pembukuan kami',
      paid_twice: 'Dibayar dua kali di Stripe',
    },
    session: 'Sesi checkout',
    about: 'Pembayaran',
    found: 'Ditemukan',
    amount: 'Jumlah',
    do: 'Tindakan',
    empty: 'Tidak ada selisih yang terbuka',
    resolve: 'Selesaikan…',
    resolve_title: (amount: string) => (amount ? `Selesaikan selisih ${amount} ini?` : 'Selesaikan selisih ini?'),
    resolve_text: {
      unknown_payment:
        'Cari sesi checkout ini di Dashboard Stripe, lalu kembalikan dananya di sana atau bukukan secara manual.',
      paid_twice: 'Periksa pada pembayarannya apakah tagihan kedua sudah dikembalikan.',
    },
    resolve_risk: 'Penyelesaian ini tidak memindahkan uang dan tidak dapat dibatalkan.',
    resolve_now: 'Selesaikan selisih',
    note: 'Yang ditemukan dan dilakukan',
    note_hint: 'Misalnya pengembalian dana di Dashboard Stripe. Paling banyak 500 karakter.',
    done: 'Selisih sudah diselesaikan. Tidak ada uang yang dipindahkan.',
  },
};
