import { Config } from '#config';
import { Injectable } from '@nestjs/common';
import { ValidateBy, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { OwnAddresses } from '../provider/return-urls.js';

interface Addresses {
  readonly success_url?: string;
  readonly cancel_url?: string;
}

/** Knows the configured origins, which a decorator cannot; class-validator asks Nest for it (`useContainer`). */
@ValidatorConstraint({ name: 'origin' })
@Injectable()
export class OwnOrigins implements ValidatorConstraintInterface {
  constructor(
    private readonly config: Config,
    private readonly own: OwnAddresses,
  ) {}

  /** What is no address at all is another rule's business. */
  validate(address: unknown): boolean {
    return typeof address !== 'string' || !URL.canParse(address) || this.own.include(address);
  }

  defaultMessage(): string {
    const origins = [this.own.origin, ...this.config.CHECKOUT_ORIGINS].join(', ');
    return JSON.stringify({ rule: 'origin', params: { origins } });
  }
}

/** An address of our own, or of a configured origin: an open redirect would be made of our name otherwise. */
export const OwnOrigin = (): PropertyDecorator => ValidateBy({ name: 'origin', validator: OwnOrigins });

/** Where a client wants its people sent after they paid, or did not: only what was given. */
export function addressesOf({ success_url, cancel_url }: Addresses): Addresses {
  return {
    ...(success_url === undefined ? {} : { success_url }),
    ...(cancel_url === undefined ? {} : { cancel_url }),
  };
}
