/**
 * Why a card was declined, in plain words. Stripe has more codes than users need
 * (https://docs.stripe.com/declines/codes, https://docs.stripe.com/error-codes).
 */
const CODES = {
  funds: ['insufficient_funds'],
  limit: ['card_velocity_exceeded', 'withdrawal_count_limit_exceeded', 'invalid_amount'],
  expired: ['expired_card'],
  cvc: ['incorrect_cvc', 'invalid_cvc'],
  number: ['incorrect_number', 'invalid_number'],
  expiry: ['invalid_expiry_month', 'invalid_expiry_year'],
  address: ['incorrect_address', 'incorrect_zip'],
  unsupported: ['card_not_supported', 'not_permitted', 'service_not_allowed', 'transaction_not_allowed'],
  currency: ['currency_not_supported'],
  account: ['invalid_account', 'new_account_information_available'],
  unauthenticated: [
    'authentication_not_handled',
    'authentication_required',
    'mobile_device_authentication_required',
    'payment_intent_authentication_failure',
  ],
  passing: ['approve_with_id', 'issuer_not_available', 'processing_error', 'reenter_transaction', 'try_again_later'],
  duplicate: ['duplicate_transaction'],
  lost: ['lost_card'],
  stolen: ['stolen_card'],
  blocked: ['pickup_card', 'restricted_card'],
  fraud: ['fraudulent', 'merchant_blacklist'],
  radar: ['elevated_risk_level', 'highest_risk_level', 'low_probability_of_authorization', 'rule'],
  test: ['live_mode_test_card', 'testmode_decline', 'test_mode_live_card'],
  unexplained: [
    'call_issuer',
    'card_declined',
    'do_not_honor',
    'do_not_try_again',
    'generic_decline',
    'no_action_taken',
    'revocation_of_all_authorizations',
    'revocation_of_authorization',
    'security_violation',
    'stop_payment_order',
  ],
} as const;

type Reason = keyof typeof CODES;

const en: Readonly<Record<Reason, string>> & { readonly other: (code: string) => string } = {
  funds: 'insufficient funds',
  limit: 'over the card’s limit',
  expired: 'expired card',
  cvc: 'wrong security code',
  number: 'wrong card number',
  expiry: 'wrong expiry date',
  address: 'wrong billing address',
  unsupported: 'card doesn’t support this type of purchase',
  currency: 'card not accepted in this currency',
  account: 'card account not valid',
  unauthenticated: 'bank authentication failed',
  passing: 'temporary problem at the bank',
  duplicate: 'the same payment was attempted just before',
  lost: 'card reported lost',
  stolen: 'card reported stolen',
  blocked: 'card blocked by its bank',
  fraud: 'suspected fraud',
  radar: 'blocked as too risky',
  test: 'test card',
  unexplained: 'no reason given by the bank',
  other: (code) => `code “${code}”`,
};

const id: typeof en = {
  funds: 'saldo tidak cukup',
  limit: 'melebihi batas kartu',
  expired: 'kartu kedaluwarsa',
  cvc: 'kode keamanan salah',
  number: 'nomor kartu salah',
  expiry: 'tanggal kedaluwarsa salah',
  address: 'alamat penagihan salah',
  unsupported: 'kartu tidak mendukung jenis pembelian ini',
  currency: 'kartu tidak diterima dalam mata uang ini',
  account: 'rekening kartu tidak valid',
  unauthenticated: 'autentikasi bank gagal',
  passing: 'gangguan sementara di bank',
  duplicate: 'pembayaran yang sama baru saja dicoba',
  lost: 'kartu dilaporkan hilang',
  stolen: 'kartu dilaporkan dicuri',
  blocked: 'kartu diblokir oleh banknya',
  fraud: 'dugaan penipuan',
  radar: 'diblokir karena terlalu berisiko',
  test: 'kartu uji',
  unexplained: 'bank tidak memberi alasan',
  other: (code) => `kode “${code}”`,
};

const words = { en, id };

const REASONS: ReadonlyMap<string, Reason> = new Map(
  (Object.keys(CODES) as Reason[]).flatMap((reason) => CODES[reason].map((code) => [code, reason] as const)),
);

/** The issuer's reason if there is one, otherwise the provider's code; an unknown code is shown as it is. */
export function declineReason(
  { decline_code, code }: { readonly decline_code: string | null; readonly code: string | null },
  language: keyof typeof words,
): string {
  const named = decline_code ?? code;
  if (named === null) return words[language].unexplained;
  const reason = REASONS.get(named);
  return reason ? words[language][reason] : words[language].other(named);
}
