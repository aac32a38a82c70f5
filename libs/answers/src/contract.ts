import type { ErrorKind } from '#errors';
import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { Answer } from './answer.js';

/** A class of failure, such as `PaymentNotFound`. */
export interface Failure {
  readonly kind: ErrorKind;
}

/**
 * What a route declares; the API's document is built from it. Refusals of the HTTP layer itself need no declaration.
 */
export interface Promised {
  /** One sentence: what the route does, for which callers. */
  readonly does: string;
  /** The shape of `data` by status. */
  readonly answers?: Readonly<Record<number, z.ZodType>>;
  /** Members beside `data`. */
  readonly beside?: z.ZodObject;
  /** The media type of an answer that has no envelope. */
  readonly plain?: string;
  /** The shape of each event of such an answer, as JSON. */
  readonly events?: z.ZodType;
  /** Headers that only this route reads, each with its purpose. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The errors it throws. */
  readonly refuses?: readonly Failure[];
  /** It accepts a form as well as JSON. */
  readonly form?: boolean;
  /** It reads the body's raw bytes, and so declares no shape for them. */
  readonly bytes?: boolean;
}

export const CONTRACT = Symbol('contract');

type Handler<Data> = (...given: never[]) => Answer<Data> | Promise<Answer<Data>>;

/** Declares a route's contract. A handler whose result does not match `answers` does not compile. */
export function Contract<Data>(
  promised: Promised & { readonly answers: Readonly<Record<number, z.ZodType<Data>>> },
): <Route extends Handler<Data>>(target: object, name: string | symbol, route: TypedPropertyDescriptor<Route>) => void;
export function Contract(promised: Promised & { readonly plain: string }): MethodDecorator;
export function Contract(promised: Promised): MethodDecorator {
  return SetMetadata(CONTRACT, promised);
}
