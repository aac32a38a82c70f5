import Stripe from 'stripe';
import { z } from 'zod';

export interface Configuration {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Every delivery is signed with each of them, as Stripe does while a secret is being rolled. */
  readonly secrets: readonly string[];
  readonly webhook_urls: readonly string[];
  /** Where objects are kept; undefined keeps them in memory only. */
  readonly data_dir: string | undefined;
  readonly api_version: string;
  /** The pause before the second attempt of a webhook; the following ones double. */
  readonly retry_first_pause_ms: number;
  /** How far a simulator that holds nothing yet starts from the machine's time; negative: behind it. */
  readonly clock_offset_ms: number;
}

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** An address that a webhook can be sent to. */
export const isHttp = (text: string) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

const environment = z.object({
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  SIMULATOR_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
    .default('12111')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535'),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .default('')
    .transform(list)
    .refine((secrets) => secrets.every((secret) => secret.startsWith('whsec_')), 'must be whsec_…, or several of them'),
  SIMULATOR_WEBHOOK_URLS: z
    .string()
    .default('')
    .transform(list)
    .refine((urls) => urls.every(isHttp), 'must be http(s) addresses, separated by commas'),
  SIMULATOR_DATA_DIR: z.string().optional(),
  SIMULATOR_API_VERSION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/, 'must look like 2026-10-28.endive')
    .default(Stripe.API_VERSION),
  // Stripe's first pause is minutes, too long for development; the order of attempts stays the same.
  SIMULATOR_WEBHOOK_RETRY_MS: z
    .string()
    .regex(/^[1-9]\d{0,7}$/, 'must be a whole number above 0')
    .default('2000')
    .transform(Number),
  SIMULATOR_CLOCK_OFFSET_SECONDS: z
    .string()
    .regex(/^-?\d{1,9}$/, 'must be a whole number of seconds; a negative one starts behind the machine')
    .default('0')
    .transform(Number),
});

/**
 * An empty variable counts as unset.
 * @throws Error naming every fault, never a value.
 */
export function readConfiguration(env: NodeJS.ProcessEnv): Configuration {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Error(`The simulator's configuration cannot be used: ${faults.join('; ')}.`);
  }
  const values = read.data;
  return {
    host: values.SIMULATOR_HOST,
    port: values.SIMULATOR_PORT,
    secrets: values.STRIPE_WEBHOOK_SECRET,
    webhook_urls: values.SIMULATOR_WEBHOOK_URLS,
    data_dir: values.SIMULATOR_DATA_DIR,
    api_version: values.SIMULATOR_API_VERSION,
    retry_first_pause_ms: values.SIMULATOR_WEBHOOK_RETRY_MS,
    clock_offset_ms: values.SIMULATOR_CLOCK_OFFSET_SECONDS * 1_000,
  };
}
