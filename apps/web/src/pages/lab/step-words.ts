type Facts = Readonly<Record<string, string | number>>;
type StepWords = Readonly<Record<string, (facts: Facts) => string>>;

export const stepsEn: StepWords = {
  sent: () => 'clicks PAY',
  answered: ({ status }) => ANSWERS_EN[String(status)] ?? `gets ${status}`,
  connection_lost: () => 'gets no response: the connection broke',
  working: () => 'a server starts processing',
  nothing_found: () => 'looks, and finds no payment yet',
  lock_skipped: () => 'Redis does not answer: goes on without the lock',
  booked: ({ payment }) => `the webhook books the money for payment ${payment}`,
  no_such_payment: () => 'no payment has this page: the webhook changes nothing',
  waited: ({ ms }) => `has waited ${ms} ms for a lock`,
  locked: () => 'acquires the consultation’s lock',
  unlocked: () => 'the lock is released',
  fell_back: () => 'no quorum in Redis: the locks move to Postgres',
  row_made: ({ payment }) => `payment ${payment} is in the database`,
  row_found: ({ payment }) => `finds payment ${payment} already there`,
  stripe_asked: () => 'Stripe creates a session; its response is delayed',
  stripe_answers: () => 'Stripe’s response is released',
  paid: () => 'the customer pays on Stripe’s page',
  webhook_arrived: () => 'the webhook has arrived, before the response',
  webhook_answered: ({ status, copies }) =>
    Number(copies) > 1 ? `${copies} webhooks at once, answered ${status}` : `webhook delivered, answered ${status}`,
  webhook_resent: ({ times }) => `Stripe sends it ${times} more times`,
  confirmed_by_client: () => 'no webhook arrived: the page confirms the payment',
  completed: ({ payment }) => `payment ${payment} is completed`,
  client_cut: () => 'the network breaks',
  balancer_again: () => 'the load balancer retries on the next server',
  redis_silent: () => 'Redis stops responding',
  redis_back: () => 'Redis responds again',
  killed: () => 'SIGKILL: the server is gone',
};

const ANSWERS_EN: Readonly<Record<string, string>> = {
  201: 'gets 201: the payment and its checkout page',
  409: 'gets 409: this payment exists or is in progress',
  503: 'gets 503: please try again',
};

export const stepsId: StepWords = {
  sent: () => 'menekan BAYAR',
  answered: ({ status }) => ANSWERS_ID[String(status)] ?? `dijawab ${status}`,
  connection_lost: () => 'tidak mendapat jawaban: koneksi putus',
  working: () => 'sebuah server mulai memproses',
  nothing_found: () => 'melihat, dan belum menemukan pembayaran',
  lock_skipped: () => 'Redis tidak menjawab: lanjut tanpa lock',
  booked: ({ payment }) => `webhook membukukan uang untuk pembayaran ${payment}`,
  no_such_payment: () => 'tidak ada pembayaran dengan halaman ini: webhook tidak mengubah apa pun',
  waited: ({ ms }) => `menunggu lock selama ${ms} ms`,
  locked: () => 'mengambil lock konsultasi ini',
  unlocked: () => 'lock dilepas',
  fell_back: () => 'Redis tanpa kuorum: lock pindah ke Postgres',
  row_made: ({ payment }) => `pembayaran ${payment} ada di basis data`,
  row_found: ({ payment }) => `pembayaran ${payment} sudah ada di sana`,
  stripe_asked: () => 'Stripe membuat sesi; jawabannya ditahan',
  stripe_answers: () => 'jawaban Stripe dilepas',
  paid: () => 'pelanggan membayar di halaman Stripe',
  webhook_arrived: () => 'webhook sudah tiba, sebelum jawabannya',
  webhook_answered: ({ status, copies }) =>
    Number(copies) > 1 ? `${copies} webhook sekaligus, dijawab ${status}` : `webhook sampai, dijawab ${status}`,
  webhook_resent: ({ times }) => `Stripe mengirimnya ${times} kali lagi`,
  confirmed_by_client: () => 'webhook tidak datang: halaman mengonfirmasi pembayaran',
  completed: ({ payment }) => `pembayaran ${payment} selesai`,
  client_cut: () => 'jaringan putus',
  balancer_again: () => 'penyeimbang beban mencoba lagi di server berikutnya',
  redis_silent: () => 'Redis tidak merespons',
  redis_back: () => 'Redis merespons lagi',
  killed: () => 'SIGKILL: server berhenti',
};

const ANSWERS_ID: Readonly<Record<string, string>> = {
  201: 'dijawab 201: pembayaran dan halaman checkout-nya',
  409: 'dijawab 409: pembayaran ini sudah ada, atau sedang diproses',
  503: 'dijawab 503: silakan coba lagi',
};
