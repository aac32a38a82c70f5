import { isIP } from 'node:net';
import { z } from 'zod';
import { isUrlOf, oneOf, partsOf, wholeNumber } from '../kinds.js';

function isTrustProxy(text: string): boolean {
  if (text === 'true' || text === 'false') return true;
  return partsOf(text).every((part) => {
    const [address = '', bits, ...rest] = part.split('/');
    const maxBits = isIP(address) === 4 ? 32 : 128;
    return (
      isIP(address) !== 0 &&
      rest.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits))
    );
  });
}

/** Where the API listens, and its public address. */
export const serverVariables = {
  NODE_ENV: oneOf(['development', 'test', 'production'], 'development').meta({
    description: '`production` refuses demo data, the demo login, the race lab and the Stripe simulator.',
  }),
  HOST: z.string().default('127.0.0.1').meta({
    default: '`127.0.0.1`',
    values: 'an address or a name',
    description: "The address on which the API and the worker's metrics server listen.",
  }),
  PORT: wholeNumber({ min: 0, max: 65_535, byDefault: 3000 }).meta({
    description: 'The port of the API. `0`: any free port.',
  }),
  TRUST_PROXY: z
    .string()
    .default('false')
    .refine(isTrustProxy, 'must be true, false, or addresses of proxies (10.0.0.1, 10.0.0.0/8), separated by commas')
    .transform((text) => (text === 'true' ? true : text === 'false' ? false : partsOf(text)))
    .meta({
      default: '`false`',
      values: '`true`, `false`, or addresses (`10.0.0.0/8`), separated by commas',
      description: 'The proxies whose `X-Forwarded-For` header is trusted to contain the IP address of the client.',
      reason: '`true` trusts any sender: use it only behind a proxy that overwrites the header.',
    }),
  PUBLIC_URL: z
    .string()
    .refine(isUrlOf(['http:', 'https:']), 'must be an http(s) address')
    .optional()
    .meta({
      default: 'from `HOST` and `PORT`',
      values: 'an http(s) address',
      description: 'The public URL of this server. Stripe redirects payers to it after Checkout.',
    }),
  CHECKOUT_ORIGINS: z
    .string()
    .default('')
    .transform((text) => partsOf(text).filter(Boolean))
    .refine(
      (origins) => origins.every((origin) => isUrlOf(['http:', 'https:'])(origin) && new URL(origin).origin === origin),
      'must be origins as in https://shop.example, separated by commas',
    )
    .meta({
      values: 'origins (`https://shop.example`), separated by commas',
      description: 'Origins allowed in `success_url` and `cancel_url`, in addition to that of `PUBLIC_URL`.',
    }),
};
