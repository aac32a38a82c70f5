import type { DynamicModule, Type } from '@nestjs/common';

/**
 * What a program of your own adds to Payonce. It is given in code, by an entry point of yours, and never by a
 * setting: permission to set an environment variable must not be permission to run code that moves money.
 */
export interface Extensions {
  /** Each module registers its provider in `onModuleInit`. The API and the worker need the same. */
  readonly providers?: readonly (Type | DynamicModule)[];
}
