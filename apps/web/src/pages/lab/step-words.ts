type Facts = Readonly<Record<string, string | number>>;
type StepWords = Readonly<Record<string, (facts: Facts) => string>>;

export const stepsEn: StepWords = {
  sent: () => 'presses PAY',
  answered: ({ status }) => ANSWERS_EN[String(status)] ?? `is answered ${status}`,
  connection_lost: () => 'hears nothing: the connection broke',
  working: () => 'a server begins to work',
  locked: () => 'takes the lock of this consultation',
  unlocked: () => 'the lock is free again',
  fell_back: () => 'no quorum in Redis: the locks move to Postgres',
  row_made: ({ payment }) => `payment ${payment} stands in the database`,
  row_found: ({ payment }) => `finds payment ${payment} there already`,
  stripe_asked: () => 'Stripe is asked for a page; its answer is held up',
  stripe_answers: () => 'Stripe’s answer is let go',
  paid: () => 'the customer pays on Stripe’s page',
  webhook_arrived: () => 'the webhook lies in the inbox, before the answer',
  webhook_answered: ({ status, copies }) =>
    Number(copies) > 1 ? `${copies} webhooks at once, answered ${status}` : `webhook delivered, answered ${status}`,
  webhook_resent: ({ times }) => `Stripe sends it ${times} more times`,
  confirmed_by_client: () => 'no webhook came: the page asks by itself',
  completed: ({ payment }) => `payment ${payment} is completed`,
  client_cut: () => 'the network breaks',
  balancer_again: () => 'the load balancer asks the next server too',
  redis_silent: () => 'Redis falls silent',
  redis_back: () => 'Redis answers again',
  killed: () => 'SIGKILL: the server is gone',
};

const ANSWERS_EN: Readonly<Record<string, string>> = {
  201: 'is answered 201: the payment and its page',
  409: 'is answered 409: this payment exists, or is being made',
  503: 'is answered 503: please try again',
};

export const stepsId: StepWords = {
  sent: () => 'menekan BAYAR',
  answered: ({ status }) => ANSWERS_ID[String(status)] ?? `dijawab ${status}`,
  connection_lost: () => 'tidak mendengar apa-apa: koneksi putus',
  working: () => 'sebuah server mulai bekerja',
  locked: () => 'mengambil lock konsultasi ini',
  unlocked: () => 'lock-nya bebas lagi',
  fell_back: () => 'Redis tanpa kuorum: lock pindah ke Postgres',
  row_made: ({ payment }) => `pembayaran ${payment} ada di basis data`,
  row_found: ({ payment }) => `pembayaran ${payment} sudah ada di sana`,
  stripe_asked: () => 'Stripe diminta halaman; jawabannya ditahan',
  stripe_answers: () => 'jawaban Stripe dilepas',
  paid: () => 'pelanggan membayar di halaman Stripe',
  webhook_arrived: () => 'webhook ada di kotak masuk, sebelum jawabannya',
  webhook_answered: ({ status, copies }) =>
    Number(copies) > 1 ? `${copies} webhook sekaligus, dijawab ${status}` : `webhook sampai, dijawab ${status}`,
  webhook_resent: ({ times }) => `Stripe mengirimnya ${times} kali lagi`,
  confirmed_by_client: () => 'tanpa webhook: halaman bertanya sendiri',
  completed: ({ payment }) => `pembayaran ${payment} selesai`,
  client_cut: () => 'jaringan putus',
  balancer_again: () => 'penyeimbang beban bertanya ke server berikutnya',
  redis_silent: () => 'Redis membisu',
  redis_back: () => 'Redis menjawab lagi',
  killed: () => 'SIGKILL: servernya hilang',
};

const ANSWERS_ID: Readonly<Record<string, string>> = {
  201: 'dijawab 201: pembayaran dan halamannya',
  409: 'dijawab 409: pembayaran ini ada, atau sedang dibuat',
  503: 'dijawab 503: silakan coba lagi',
};
