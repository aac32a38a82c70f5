import { ValidationFailed } from '#errors';
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { Schema } from './shapes.js';

const SLUG = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** An id in a path: a whole number above zero, exact in JavaScript. Anything else is 422, like an invalid body. */
@Injectable()
export class IntegerParam implements PipeTransform<string, number> {
  static readonly schema: Schema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };

  transform(text: string, { data }: ArgumentMetadata): number {
    const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(id)) {
      throw new ValidationFailed([
        { field: data ?? 'id', rule: 'integer', params: { min: 1, max: Number.MAX_SAFE_INTEGER } },
      ]);
    }
    return id;
  }
}

/** A slug in a path. @throws ValidationFailed */
@Injectable()
export class SlugParam implements PipeTransform<string, string> {
  static readonly schema: Schema = { type: 'string', pattern: SLUG.source };

  transform(text: string, { data }: ArgumentMetadata): string {
    if (SLUG.test(text)) return text;
    throw new ValidationFailed([{ field: data ?? 'id', rule: 'slug', params: { max: 64 } }]);
  }
}
