import { Config } from '#config';
import { Injectable } from '@nestjs/common';
import { ValidateBy, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { ReturnUrls } from '../provider/return-urls.js';

interface Addresses {
  readonly success_url?: string;
  readonly cancel_url?: string;
}

/**
 * A class, not a function: it needs the configured origins, which Nest injects for class-validator (`useContainer`).
 */
@ValidatorConstraint({ name: 'origin' })
@Injectable()
export class OwnOrigins implements ValidatorConstraintInterface {
  constructor(
    private readonly config: Config,
    private readonly own: ReturnUrls,
  ) {}

  /** Another rule refuses what is not a URL. */
  validate(address: unknown): boolean {
    return typeof address !== 'string' || !URL.canParse(address) || this.own.include(address);
  }

  defaultMessage(): string {
    const origins = [this.own.origin, ...this.config.CHECKOUT_ORIGINS].join(', ');
    return JSON.stringify({ rule: 'origin', params: { origins } });
  }
}

/** Accepts only Payonce's own origin and the configured ones. Anything else would make Payonce an open redirect. */
export const OwnOrigin = (): PropertyDecorator => ValidateBy({ name: 'origin', validator: OwnOrigins });

/** Where the client wants the payer redirected after paying or leaving. Contains only the fields that were given. */
export function addressesOf({ success_url, cancel_url }: Addresses): Addresses {
  return {
    ...(success_url === undefined ? {} : { success_url }),
    ...(cancel_url === undefined ? {} : { cancel_url }),
  };
}
