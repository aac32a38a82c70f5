import { formatMoney } from '../../../design/money.js';
import { stateWords } from '../../../design/state-words.js';

/** The server's notes about events, by their exact text. */
const en = {
  'not a type we act on': 'Event type not handled',
  'other mode': 'Event of the other mode (live or test)',
  'no object in it': 'The event contains no object',
  'not ours': 'Not ours',
  'no such payment': 'Payment not found',
  'another reference': 'Carries another payment’s reference',
  'amount or currency differ': 'Amount or currency differ',
  completed: 'The payment was completed',
  returned: 'The money is being refunded',
  quarantined: 'The money needs review',
  known: 'The money was already recorded',
  processing: 'The money is on its way',
  expired: 'The payment expired',
  failed: 'Payment failed',
  applied: 'Recorded',
  settled: 'The refund was settled',
  reversed: 'The refund was reversed',
  on_its_way: 'The refund is on its way',
  attempt_declined: 'A declined card was recorded',
  attempt_failed: 'A failed attempt was recorded',
  not_failed: 'According to Stripe, this attempt did not fail',
  nothing_new: 'Nothing new',
};

const id: typeof en = {
  'not a type we act on': 'Jenis peristiwa tidak ditangani',
  'other mode': 'Dari mode lain, live atau test',
  'no object in it': 'Peristiwa tidak memuat objek',
  'not ours': 'Bukan milik kami',
  'no such payment': 'Pembayaran itu tidak ada',
  'another reference': 'Memuat referensi pembayaran lain',
  'amount or currency differ': 'Jumlah atau mata uang berbeda',
  completed: 'Pembayaran diselesaikan',
  returned: 'Uangnya dikirim balik',
  quarantined: 'Uangnya perlu ditinjau',
  known: 'Uangnya sudah tercatat',
  processing: 'Uangnya dalam perjalanan',
  expired: 'Pembayaran kedaluwarsa',
  failed: 'Pembayaran gagal',
  applied: 'Sudah dicatat',
  settled: 'Pengembalian selesai',
  reversed: 'Pengembalian dibatalkan kembali',
  on_its_way: 'Pengembalian dalam perjalanan',
  attempt_declined: 'Kartu yang ditolak dicatat',
  attempt_failed: 'Percobaan yang gagal dicatat',
  not_failed: 'Menurut catatan Stripe, percobaan ini tidak gagal',
  nothing_new: 'Tidak ada yang baru',
};

const notes = { en, id } as const;

type Language = keyof typeof notes;

const sentences = {
  en: {
    currencies: (disputed: string, received: string) => `Disputed in ${disputed}, received in ${received}`,
    before: (now: string, before: string) => `${now}, previously “${before}”`,
    too_much: (amount: string) => `${amount} is more than is left of the charge`,
  },
  id: {
    currencies: (disputed: string, received: string) => `Disengketakan dalam ${disputed}, diterima dalam ${received}`,
    before: (now: string, before: string) => `${now}, sebelumnya “${before}”`,
    too_much: (amount: string) => `${amount} lebih dari sisa tagihannya`,
  },
};

/** A note in the user's language. An unknown one, such as an error message, is shown unchanged. */
export function noteOf(note: string, language: Language): string {
  const words: Readonly<Record<string, string>> = notes[language];
  if (Object.hasOwn(words, note)) return words[note]!;
  const say = sentences[language];
  const [, disputed, received] = /^disputed in ([a-z]{3}), received in ([a-z]{3})$/.exec(note) ?? [];
  if (disputed && received) return say.currencies(disputed.toUpperCase(), received.toUpperCase());
  const [, now, before] = /^(?:an )?([a-z]+), and it was ([a-z]+) before$/.exec(note) ?? [];
  if (now && before) return say.before(stateOf(now, language), stateOf(before, language));
  const [, amount, currency] = /^(\d{1,15}) ([a-z]{3}) is more than is left of the charge$/.exec(note) ?? [];
  if (amount && currency) return say.too_much(formatMoney(Number(amount), currency, language));
  return note;
}

const stateOf = (state: string, language: Language) =>
  (stateWords[language] as Readonly<Record<string, string>>)[state] ?? state;
