import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AnswerCache, type KeyValueStore } from './answer-cache.js';
import { Idempotency } from './idempotency.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { KeysInUse } from './keys-in-use.js';
import { type IdempotencyOptions, OPTIONS } from './policy.js';

/** The store in which answers are cached; undefined: answers are not cached. */
export const ANSWER_STORE = Symbol('answer store');

const noNamespace = () => Promise.resolve('');

/** Distinguishes databases that share a cache. Queried once, and again only if the query failed. */
function namespaceOf(dataSource: DataSource): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    if (known === undefined) {
      const [row] = await dataSource.query<{ id: string }[]>('SELECT id FROM installation_epoch');
      known = row!.id;
    }
    return known;
  };
}

/** Needs a DataSource whose database has `client_idempotency`. */
@Module({})
export class IdempotencyModule {
  static with(how: {
    options: Omit<Provider, 'provide'> & object;
    store?: Omit<Provider, 'provide'> & object;
  }): DynamicModule {
    return {
      module: IdempotencyModule,
      providers: [
        { provide: OPTIONS, ...how.options } as Provider,
        { provide: ANSWER_STORE, ...(how.store ?? { useValue: undefined }) } as Provider,
        {
          provide: Idempotency,
          inject: [DataSource, OPTIONS, { token: ANSWER_STORE, optional: true }],
          useFactory: (dataSource: DataSource, { cacheMs }: IdempotencyOptions, store?: KeyValueStore) =>
            new Idempotency(dataSource.manager, new AnswerCache(store, namespaceOf(dataSource), cacheMs)),
        },
        IdempotencyInterceptor,
        {
          provide: KeysInUse,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new KeysInUse(dataSource.manager),
        },
      ],
      exports: [Idempotency, IdempotencyInterceptor, KeysInUse, OPTIONS],
    };
  }

  /** For a process that serves no HTTP and only deletes expired keys. */
  static withoutHttp(): DynamicModule {
    return {
      module: IdempotencyModule,
      providers: [
        {
          provide: Idempotency,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) =>
            new Idempotency(dataSource.manager, new AnswerCache(undefined, noNamespace)),
        },
      ],
      exports: [Idempotency],
    };
  }
}
