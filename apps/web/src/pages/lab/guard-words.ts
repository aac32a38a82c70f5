type Facts = Readonly<Record<string, string | number>>;
type GuardWords = Readonly<Record<string, { readonly name: string; readonly text: (facts: Facts) => string }>>;

export const guardsEn: GuardWords = {
  claim: {
    name: 'Idempotency key: claimed',
    text: ({ requests }) => `409 PAYMENT_IN_PROGRESS to request ${requests}: another one works under this key`,
  },
  replay: {
    name: 'Idempotency key: replayed',
    text: ({ requests }) => `request ${requests} got the answer that was stored under its key`,
  },
  takeover: {
    name: 'Idempotency key: resumed',
    text: ({ requests, first }) => `request ${requests} went on with the payment that request ${first} had stored`,
  },
  lock: {
    name: 'Lock on the consultation',
    text: ({ requests }) => `request ${requests} waited until the payment had its page`,
  },
  lock_fallback: {
    name: 'Locks in Postgres',
    text: () => 'Redis had no quorum, so the lock was taken in Postgres',
  },
  look_under_row_lock: {
    name: 'Row lock on the consultation',
    text: ({ requests }) =>
      `409 PAYMENT_EXISTS to request ${requests}: it looked under the row lock and found the payment`,
  },
  unique_index: {
    name: 'Unique index payments_one_live_per_consultation',
    text: ({ requests }) => `Postgres refused the second payment of request ${requests}`,
  },
  stripe_key: {
    name: 'Stripe’s idempotency key',
    text: ({ times }) =>
      `Stripe was asked ${times === 1 ? 'once more' : `${times} times more`} under the same key and answered with the page it had made`,
  },
  stored_first: {
    name: 'Payment stored before Stripe is asked',
    text: () => 'the webhook found its payment, whose page was not stored yet',
  },
  payment_lock: {
    name: 'Lock on the payment',
    text: () => 'the webhook waited until the page was stored',
  },
  inbox: {
    name: 'Webhook inbox: webhook_events_event_unique',
    text: ({ delivered }) => `${delivered} deliveries of one event, one row, applied once`,
  },
};

export const guardsId: GuardWords = {
  claim: {
    name: 'Kunci idempotensi: dipegang',
    text: ({ requests }) =>
      `409 PAYMENT_IN_PROGRESS untuk permintaan ${requests}: yang lain sedang bekerja dengan kunci ini`,
  },
  replay: {
    name: 'Kunci idempotensi: diputar ulang',
    text: ({ requests }) => `permintaan ${requests} mendapat jawaban yang tersimpan untuk kuncinya`,
  },
  takeover: {
    name: 'Kunci idempotensi: dilanjutkan',
    text: ({ requests, first }) =>
      `permintaan ${requests} melanjutkan pembayaran yang disimpan oleh permintaan ${first}`,
  },
  lock: {
    name: 'Lock konsultasi',
    text: ({ requests }) => `permintaan ${requests} menunggu sampai pembayarannya mendapat halaman`,
  },
  lock_fallback: {
    name: 'Lock di Postgres',
    text: () => 'Redis tanpa kuorum, jadi lock diambil di Postgres',
  },
  look_under_row_lock: {
    name: 'Kunci baris konsultasi',
    text: ({ requests }) =>
      `409 PAYMENT_EXISTS untuk permintaan ${requests}: dengan kunci baris, pembayarannya ditemukan`,
  },
  unique_index: {
    name: 'Indeks unik payments_one_live_per_consultation',
    text: ({ requests }) => `Postgres menolak pembayaran kedua dari permintaan ${requests}`,
  },
  stripe_key: {
    name: 'Kunci idempotensi Stripe',
    text: ({ times }) =>
      `Stripe ditanya ${times} kali lagi dengan kunci yang sama dan menjawab dengan halaman yang sudah ada`,
  },
  stored_first: {
    name: 'Pembayaran disimpan sebelum Stripe dipanggil',
    text: () => 'webhook menemukan pembayarannya, meski halamannya belum tersimpan',
  },
  payment_lock: {
    name: 'Lock pembayaran',
    text: () => 'webhook menunggu sampai halamannya tersimpan',
  },
  inbox: {
    name: 'Kotak masuk webhook: webhook_events_event_unique',
    text: ({ delivered }) => `${delivered} pengiriman satu event, satu baris, diterapkan sekali`,
  },
};
