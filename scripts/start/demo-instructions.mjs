/** Where the demo's payments would be sent to: nowhere, and it says so. */
export const DEMO_INSTRUCTIONS = Object.freeze({
  BANK_TRANSFER_BANK: 'Bank Contoh (demo)',
  BANK_TRANSFER_HOLDER: 'Example Clinic (demo)',
  BANK_TRANSFER_ACCOUNT: '0000 1234 5678',
  BANK_TRANSFER_NOTE_EN: 'This account is made up for the demo: do not send money.',
  BANK_TRANSFER_NOTE_ID: 'Rekening ini rekaan untuk demo: jangan mengirim uang.',
  GCASH_HOLDER: 'Example Clinic (demo)',
  GCASH_ACCOUNT: '0900 000 0000',
  GCASH_NOTE_EN: 'This number is made up for the demo: do not send money.',
  GCASH_NOTE_ID: 'Nomor ini rekaan untuk demo: jangan mengirim uang.',
});

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./settings.mjs').Settings} settings
 * @returns {Record<string, string>} none as soon as one of them is configured: real accounts and made-up ones never mix.
 */
export function demoInstructions(env, settings) {
  const isConfigured = Object.keys(DEMO_INSTRUCTIONS).some((name) => env[name]);
  return settings.demo && !isConfigured ? DEMO_INSTRUCTIONS : {};
}
