import type { Attack } from './wire.js';

type AttackWords = Readonly<Record<Attack, { readonly title: string; readonly text: string }>>;

export const attacksEn: AttackWords = {
  rapid_clicks: {
    title: 'Three clicks in 100 ms',
    text: 'An impatient customer clicks three times. Three servers get one request each, each with its own idempotency key.',
  },
  lost_answer: {
    title: 'The response is lost',
    text: 'The network fails while the server is calling Stripe. The browser retries, on another server.',
  },
  two_devices: {
    title: 'Two devices at once',
    text: 'A laptop and a phone pay for the same consultation at the same moment, on two servers.',
  },
  impatient_balancer: {
    title: 'An impatient load balancer',
    text: 'The load balancer gives up on a slow server and retries on a second; the client retries on a third.',
  },
  webhook_first: {
    title: 'The webhook comes first',
    text: 'The customer has paid and the webhook arrives before Stripe’s response to the checkout request.',
  },
  duplicate_webhooks: {
    title: 'Seven webhooks for one payment',
    text: 'Stripe delivers at least once: five copies at the same moment, and two more later.',
  },
  redis_down: {
    title: 'Redis stops responding',
    text: 'Redis stops responding while a lock is held there, and a second device tries to pay at that moment.',
  },
  server_killed: {
    title: 'A server is killed',
    text: 'SIGKILL after Stripe has created the session, before its response is read. The retry reaches another server.',
  },
};

export const attacksId: AttackWords = {
  rapid_clicks: {
    title: 'Tiga klik dalam 100 ms',
    text: 'Pelanggan tak sabar mengeklik tiga kali. Tiga server masing-masing mendapat permintaan dengan kunci idempotensi sendiri.',
  },
  lost_answer: {
    title: 'Jawaban hilang',
    text: 'Jaringan putus saat server memanggil Stripe. Peramban mencoba lagi, di server lain.',
  },
  two_devices: {
    title: 'Dua perangkat sekaligus',
    text: 'Laptop dan telepon membayar konsultasi yang sama pada saat yang sama, di dua server.',
  },
  impatient_balancer: {
    title: 'Penyeimbang beban tak sabar',
    text: 'Penyeimbang beban tidak menunggu server yang lambat dan mencoba lagi di server kedua; klien mencoba lagi di server ketiga.',
  },
  webhook_first: {
    title: 'Webhook datang lebih dulu',
    text: 'Pelanggan sudah membayar dan webhook tiba sebelum jawaban Stripe atas permintaan checkout.',
  },
  duplicate_webhooks: {
    title: 'Tujuh webhook satu pembayaran',
    text: 'Stripe mengirim setiap webhook paling sedikit sekali: lima salinan sekaligus, dan dua lagi kemudian.',
  },
  redis_down: {
    title: 'Redis tidak merespons',
    text: 'Redis berhenti merespons saat lock dipegang di sana, dan perangkat kedua mencoba membayar saat itu juga.',
  },
  server_killed: {
    title: 'Server dimatikan paksa',
    text: 'SIGKILL setelah Stripe membuat sesi, sebelum jawabannya dibaca. Percobaan ulang sampai di server lain.',
  },
};
