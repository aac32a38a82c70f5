import type { ApiKeyState } from '../state/rows.js';
import { StripeError } from './stripe-error.js';

/**
 * Any test key will do, unless the account's keys have been revoked, as user name of Basic or as Bearer. https://docs.stripe.com/api/authentication
 * @throws StripeError 401, or 403 for another account's objects, as Stripe does for an account that is no platform.
 */
export function authenticate(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  state: ApiKeyState = 'valid',
): void {
  const given = headers['authorization'];
  const key = keyIn(typeof given === 'string' ? given : '');
  if (key === '') {
    throw new StripeError(
      401,
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  // https://docs.stripe.com/error-codes#api-key-expired
  if (state === 'expired') {
    throw new StripeError(401, `Expired API Key provided: ${masked(key)}`, { code: 'api_key_expired' });
  }
  if (state === 'invalid' || !/^(sk|rk)_test_\w+$/.test(key))
    throw new StripeError(401, `Invalid API Key provided: ${masked(key)}`);
  const account = headers['stripe-account'];
  if (account !== undefined) {
    throw new StripeError(
      403,
      `The provided key '${masked(key)}' does not have access to account '${String(account)}' (or that account does not exist). Application access may have been revoked.`,
      { code: 'account_invalid' },
    );
  }
}

function keyIn(header: string): string {
  const [scheme = '', value = ''] = header.trim().split(/\s+/);
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
  return '';
}

/** Masked as Stripe does: `sk_test_****1234`. */
function masked(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
