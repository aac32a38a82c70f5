import { z } from 'zod';
import { flag, isUrlOf, wholeNumber } from '../kinds.js';

/** 32 random bytes cannot be guessed; HS256 (RFC 7518, 3.2) requires a key at least as long as its hash. */
const SHORTEST_SECRET = 32;

/** How tokens are checked: by a secret, or by an identity provider's keys. */
export const identityVariables = {
  JWT_SECRET: z
    .string()
    .min(SHORTEST_SECRET, `must have at least ${SHORTEST_SECRET} characters`)
    .optional()
    .meta({
      default: 'none; `npm start` makes one and keeps it',
      values: `at least ${SHORTEST_SECRET} characters`,
      description: 'The secret that signs and verifies tokens (HS256).',
      reason:
        'HS256 requires a key at least as long as its hash: [RFC 7518, 3.2](https://www.rfc-editor.org/rfc/rfc7518#section-3.2).',
    }),
  JWT_JWKS_URL: z
    .string()
    .refine(isUrlOf(['http:', 'https:']), 'must be an http(s) address')
    .optional()
    .meta({
      values: 'an http(s) address',
      description: "The URL of your identity provider's JSON Web Key Set, instead of `JWT_SECRET`.",
    }),
  JWT_ISSUER: z.string().min(1).optional().meta({
    values: 'text',
    description: 'The required `iss` claim, if set. Set it if the key set serves several issuers.',
  }),
  JWT_AUDIENCE: z.string().min(1).optional().meta({ values: 'text', description: 'The required `aud` claim, if set.' }),
  JWT_ROLE_CLAIM: z.string().min(1).default('role').meta({
    default: '`role`',
    values: 'the name of a claim',
    description:
      'The claim that contains the role: `patient`, `staff` or `service`. Without the claim, the role is `patient`.',
  }),
  LOGIN_ENABLED: flag(false).meta({
    default: '`false`; `npm start` on its own Postgres: `true`',
    description: 'Enables the demo login, `POST /api/login`.',
  }),
  LOGIN_TOKEN_SECONDS: wholeNumber({ min: 60, max: 604_800, byDefault: 43_200 }).meta({
    description: 'How long a token of the demo login is valid.',
  }),
};
