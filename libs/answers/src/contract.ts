import type { ErrorKind } from '#errors';
import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { Answer } from './answer.js';

/** A class of failure, such as `PaymentNotFound`. */
export interface Failure {
  readonly kind: ErrorKind;
}

/** What a route promises; the API's document is made of it. What the edge itself refuses is known without being said. */
export interface Promised {
  /** One sentence: what the route does, for whom. */
  readonly does: string;
  /** The shape of `data` by status. */
  readonly answers?: Readonly<Record<number, z.ZodType>>;
  /** Members beside `data`. */
  readonly beside?: z.ZodObject;
  /** The media type of an answer that has no envelope. */
  readonly plain?: string;
  /** What each event of such an answer holds, as JSON. */
  readonly events?: z.ZodType;
  /** Headers that this route alone reads, each with what it is for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What it refuses by name. */
  readonly refuses?: readonly Failure[];
  /** It takes a form as well as JSON. */
  readonly form?: boolean;
  /** It reads the body's bytes by itself, and so says nothing of their shape. */
  readonly bytes?: boolean;
}

export const CONTRACT = Symbol('contract');

type Handler<Data> = (...given: never[]) => Answer<Data> | Promise<Answer<Data>>;

/** A route's promise. A handler that returns something else than `answers` does not compile. */
export function Contract<Data>(
  promised: Promised & { readonly answers: Readonly<Record<number, z.ZodType<Data>>> },
): <Route extends Handler<Data>>(target: object, name: string | symbol, route: TypedPropertyDescriptor<Route>) => void;
export function Contract(promised: Promised & { readonly plain: string }): MethodDecorator;
export function Contract(promised: Promised): MethodDecorator {
  return SetMetadata(CONTRACT, promised);
}
