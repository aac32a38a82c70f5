import type { Attack } from './wire.js';

type AttackWords = Readonly<Record<Attack, { readonly title: string; readonly text: string }>>;

export const attacksEn: AttackWords = {
  rapid_clicks: {
    title: 'Three clicks in 100 ms',
    text: 'An impatient customer clicks three times. Three servers get a request each, every one with a key of its own.',
  },
  lost_answer: {
    title: 'The answer is lost',
    text: 'The network breaks while the server asks Stripe. The browser sends the same again, to another server.',
  },
  two_devices: {
    title: 'Two devices at once',
    text: 'A laptop and a telephone pay the same consultation at the same moment, on two servers.',
  },
  impatient_balancer: {
    title: 'An impatient load balancer',
    text: 'The load balancer takes a slow server for dead and asks a second one; the client tries again on a third.',
  },
  webhook_first: {
    title: 'The webhook comes first',
    text: 'The customer has paid, and Stripe says so, before Stripe’s answer about the page has arrived.',
  },
  duplicate_webhooks: {
    title: 'Seven webhooks of one payment',
    text: 'Stripe promises to tell “at least once”: five copies at the same moment, and two more later.',
  },
  redis_down: {
    title: 'Redis falls silent',
    text: 'Redis stops answering while a lock is held there, and a second device wants to pay just then.',
  },
  server_killed: {
    title: 'A server is killed',
    text: 'SIGKILL after Stripe has opened the page, before its answer is read. The retry comes to another server.',
  },
};

export const attacksId: AttackWords = {
  rapid_clicks: {
    title: 'Tiga klik dalam 100 md',
    text: 'Pelanggan tak sabar mengeklik tiga kali. Tiga server masing-masing mendapat permintaan dengan kunci idempotensi sendiri.',
  },
  lost_answer: {
    title: 'Jawaban hilang',
    text: 'Jaringan putus saat server bertanya ke Stripe. Peramban mengirim hal yang sama lagi, ke server lain.',
  },
  two_devices: {
    title: 'Dua perangkat sekaligus',
    text: 'Laptop dan telepon membayar konsultasi yang sama pada saat yang sama, di dua server.',
  },
  impatient_balancer: {
    title: 'Penyeimbang beban tak sabar',
    text: 'Server yang lambat dikira mati dan server kedua ditanya; klien mencoba lagi di server ketiga.',
  },
  webhook_first: {
    title: 'Webhook datang lebih dulu',
    text: 'Pelanggan sudah membayar, dan Stripe mengabarkannya, sebelum jawaban Stripe tentang halamannya tiba.',
  },
  duplicate_webhooks: {
    title: 'Tujuh webhook satu pembayaran',
    text: 'Stripe berjanji mengabari “paling sedikit sekali”: lima salinan sekaligus, dan dua lagi kemudian.',
  },
  redis_down: {
    title: 'Redis membisu',
    text: 'Redis berhenti menjawab saat lock dipegang di sana, dan perangkat kedua ingin membayar saat itu juga.',
  },
  server_killed: {
    title: 'Server dimatikan paksa',
    text: 'SIGKILL setelah Stripe membuka halaman, sebelum jawabannya dibaca. Percobaan ulang tiba di server lain.',
  },
};
