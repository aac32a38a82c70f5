import { z } from 'zod';
import { ConfigurationFault } from './configuration-fault.js';
import type { SettingFacts } from './kinds.js';
import { faultsTogether } from './rules.js';
import { databaseVariables } from './variables/database.js';
import { identityVariables } from './variables/identity.js';
import { lockAndKeyVariables } from './variables/locks-and-keys.js';
import { manualMethodVariables } from './variables/manual-methods.js';
import { operationVariables } from './variables/operation.js';
import { paymentVariables } from './variables/payments.js';
import { serverVariables } from './variables/server.js';
import { stripeVariables } from './variables/stripe.js';

const environment = z.object({
  ...serverVariables,
  ...databaseVariables,
  ...lockAndKeyVariables,
  ...identityVariables,
  ...stripeVariables,
  ...paymentVariables,
  ...manualMethodVariables,
  ...operationVariables,
});

const groups: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  Server: serverVariables,
  Postgres: databaseVariables,
  'Redis, locks and idempotency keys': lockAndKeyVariables,
  'Tokens and logins': identityVariables,
  Stripe: stripeVariables,
  Payments: paymentVariables,
  'Bank transfer and GCash': manualMethodVariables,
  'Worker and logs': operationVariables,
};

type Values = z.output<typeof environment>;

/* oxlint-disable typescript/no-unsafe-declaration-merging, typescript/no-empty-object-type --
   the class is only the token to inject by; parseConfig makes the values, and the interface gives them their types. */
/** The whole configuration, typed; also its injection token. Names are those of the environment. */
export abstract class Config {}
export interface Config extends Readonly<Values> {}
/* oxlint-enable */

/**
 * Reads the environment once. An empty variable counts as unset, as in a compose file's `${NAME:-}`.
 * @throws ConfigurationFault naming every fault; it never repeats a value, since values can be secrets.
 */
export function parseConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  const faults = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`);
  faults.push(...faultsTogether(given));
  if (!parsed.success || faults.length > 0) throw new ConfigurationFault(faults);
  return Object.freeze(parsed.data);
}

/** A variable as docs/configuration.md describes it. */
export interface Setting extends SettingFacts {
  readonly name: string;
}

/** Every variable that is read, grouped by topic. */
export function listSettings(): { readonly title: string; readonly settings: readonly Setting[] }[] {
  return Object.entries(groups).map(([title, variables]) => ({
    title,
    settings: Object.entries(variables).map(([name, schema]) => ({
      name,
      ...(schema.meta() as unknown as SettingFacts),
    })),
  }));
}
