/**
 * What the suite must know of an API to test its idempotency keys. The default export of an adapter file is a function that
 * returns one: see docs/examples/conformance.
 *
 * @typedef {object} Adapter
 * @property {string} name with its version
 * @property {string} url base URL of the API
 * @property {string} [keyHeader] `Idempotency-Key` unless said
 * @property {boolean} [requiresKey] whether it documents that a request without a key is refused
 * @property {Record<string, string>[]} users the headers that authenticate one user, or two
 * @property {(user: number) => Promise<Intent>} intent something that this user may create, once; new at each call
 * @property {() => Promise<void>} [restart] kills the server and waits until it runs again
 * @property {() => Promise<void>} [flush] empties its Redis
 * @property {() => Promise<void>} [close] ends what it has started, and cleans up
 *
 * @typedef {object} Intent
 * @property {string} path what is POSTed to
 * @property {Record<string, unknown>} body at least two members
 * @property {Record<string, unknown>} otherBody also valid, with another meaning
 * @property {Record<string, unknown>} invalidBody refused with a 4xx
 * @property {() => Promise<number>} count how often it was created, whichever body was sent
 *
 * @typedef {object} AdapterOptions
 * @property {string} url of `--url`
 * @property {string} token of `--token`
 * @property {NodeJS.ProcessEnv} env
 */
export {};
