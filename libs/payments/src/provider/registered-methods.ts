import { Shaped } from '#validation';
import { applyDecorators, Injectable } from '@nestjs/common';
import { ValidateBy, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { PAYMENT_METHODS } from '../ledger/payment-methods.js';
import { ProviderRegistry } from './provider-registry.js';

/** Knows the providers of this process, which a decorator cannot; class-validator asks Nest for it (`useContainer`). */
@ValidatorConstraint({ name: 'one_of' })
@Injectable()
export class RegisteredMethods implements ValidatorConstraintInterface {
  constructor(private readonly providers: ProviderRegistry) {}

  validate(method: unknown): boolean {
    return typeof method === 'string' && this.providers.has(method);
  }

  defaultMessage(): string {
    return JSON.stringify({ rule: 'one_of', params: { values: this.providers.methods().join(', ') } });
  }
}

/** A method that a provider of this process has. The API's document names those of this program. */
export const RegisteredMethod = (): PropertyDecorator =>
  applyDecorators(
    Shaped({ is: { type: 'string', enum: [...PAYMENT_METHODS] } }),
    ValidateBy({ name: 'one_of', validator: RegisteredMethods }),
  );
