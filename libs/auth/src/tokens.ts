import { Config } from '#config';
import { IdentityProviderUnavailable, Unauthenticated } from '#errors';
import { Injectable } from '@nestjs/common';
import {
  createRemoteJWKSet,
  type CryptoKey,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  SignJWT,
} from 'jose';
import { type Role, ROLE_NAMES } from './caller.js';

/**
 * Pinned, never the algorithm that the token names, so that neither `none` nor a public key used as a secret is
 * accepted.
 */
const SHARED_SECRET_ALGORITHMS = ['HS256'];
const KEY_SET_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];

/** Clocks of two machines differ a little; five seconds is a large error for NTP. */
const CLOCK_TOLERANCE_SECONDS = 5;

const ROLES: readonly string[] = ROLE_NAMES;

export interface Identity {
  /**
   * The token's issuer, null when it has none. A user is stored by subject alone: only JWT_ISSUER is accepted, and
   * matched exactly. Where JWT_ISSUER is not set, the one secret or key set vouches for a subject.
   */
  readonly issuer: string | null;
  readonly subject: string;
  readonly role: Role;
}

/**
 * Checks bearer tokens against a shared secret or an identity provider's key set, and signs the tokens of the demo
 * login.
 */
@Injectable()
export class Tokens {
  /** Imported once: jose would import the bytes of a secret again for each token, which costs as much as the check. */
  private readonly key: Promise<CryptoKey> | JWTVerifyGetKey;
  private readonly options: JWTVerifyOptions;

  constructor(private readonly config: Config) {
    this.key = config.JWT_JWKS_URL
      ? createRemoteJWKSet(new URL(config.JWT_JWKS_URL), { timeoutDuration: 3_000 })
      : importSecret(config.JWT_SECRET);
    this.options = {
      algorithms: config.JWT_JWKS_URL ? KEY_SET_ALGORITHMS : SHARED_SECRET_ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'exp'],
      ...(config.JWT_ISSUER ? { issuer: config.JWT_ISSUER } : {}),
      ...(config.JWT_AUDIENCE ? { audience: config.JWT_AUDIENCE } : {}),
    };
  }

  /**
   * @throws Unauthenticated for every invalid token, without a reason, which would only help a forger.
   * @throws IdentityProviderUnavailable when the key set cannot be read.
   */
  async verify(token: string): Promise<Identity> {
    return this.identityOf(await this.payloadOf(token));
  }

  /** A token for `LOGIN_TOKEN_SECONDS`, with the issuer and audience that `verify` requires. */
  async sign(identity: Pick<Identity, 'subject' | 'role'>): Promise<string> {
    if (typeof this.key === 'function') throw new Error('Only tokens of a shared secret are signed here');
    const jwt = new SignJWT({ [this.config.JWT_ROLE_CLAIM]: identity.role })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(identity.subject)
      .setIssuedAt()
      .setExpirationTime(`${this.config.LOGIN_TOKEN_SECONDS}s`);
    if (this.config.JWT_ISSUER) jwt.setIssuer(this.config.JWT_ISSUER);
    if (this.config.JWT_AUDIENCE) jwt.setAudience(this.config.JWT_AUDIENCE);
    return jwt.sign(await this.key);
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    try {
      return await this.verified(token);
    } catch (error) {
      // An unknown key id, or an invalid token, is the caller's fault. Everything else is the key set's.
      const keySetFailed =
        this.config.JWT_JWKS_URL !== undefined &&
        (error instanceof errors.JWKSTimeout ||
          error instanceof errors.JWKSInvalid ||
          error instanceof TypeError ||
          isFetchFailure(error));
      throw keySetFailed ? new IdentityProviderUnavailable({ cause: error }) : new Unauthenticated({ cause: error });
    }
  }

  private async verified(token: string): Promise<JWTPayload> {
    if (typeof this.key !== 'function') return (await jwtVerify(token, await this.key, this.options)).payload;
    try {
      return (await jwtVerify(token, this.key, this.options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      // A token without a key id, which several keys may have signed: it is valid if one of them verifies it.
      for await (const key of error) {
        const result = await jwtVerify(token, key, this.options).catch(() => undefined);
        if (result) return result.payload;
      }
      throw error;
    }
  }

  private identityOf(payload: JWTPayload): Identity {
    const { sub, iss } = payload;
    const role = payload[this.config.JWT_ROLE_CLAIM] ?? 'patient';
    // A subject is stored in a text column, which accepts no NUL; half a surrogate pair would be read back changed.
    const storable = typeof sub === 'string' && sub.length >= 1 && sub.length <= 255 && !/[\p{Cc}\p{Cs}]/u.test(sub);
    if (!storable || typeof role !== 'string' || !ROLES.includes(role)) throw new Unauthenticated();
    return { issuer: typeof iss === 'string' ? iss : null, subject: sub, role: role as Role };
  }
}

function importSecret(secret = ''): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

/** jose throws its base class, with this code, when the key set's answer is not 200 or not JSON. */
function isFetchFailure(error: unknown): boolean {
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}
