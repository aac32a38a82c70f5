import { type Config, listSettings, parseConfig } from './config.js';
import { ConfigurationFault } from './configuration-fault.js';

const GOOD = { DATABASE_URL: 'postgres://u:p@localhost/payonce', JWT_SECRET: 'x'.repeat(32) };

const SIMULATOR = {
  STRIPE_SECRET_KEY: 'sk_test_simulator',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
  STRIPE_API_URL: 'http://127.0.0.1:12111',
};

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationFault) return error.faults;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('has a sane default for everything but the database and the way tokens are checked', () => {
    const config: Config = parseConfig(GOOD);
    expect(config).toMatchObject({ PORT: 3000, REDIS_URL: [], LOGIN_ENABLED: false, TAX_RATE_BASIS_POINTS: 1_100 });
  });

  it('names every fault at once', () => {
    const faults = faultsOf({
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      REDIS_URL: 'redis://a,http://b,redis://c',
      JWT_SECRET: 'short',
      LOG_LEVEL: 'loud',
    });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'JWT_SECRET',
      'LOG_LEVEL',
      'PORT',
      'REDIS_URL',
    ]);
  });

  it('names faults between variables beside those of one variable', () => {
    expect(faultsOf({ PORT: 'x' }).map((fault) => fault.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'JWT_SECRET']);
  });

  it('never repeats a value, since values can be secrets', () => {
    const faults = faultsOf({
      DATABASE_URL: 'hunter2-database',
      REDIS_URL: 'hunter2-redis',
      JWT_SECRET: 'hunter2',
      JWT_JWKS_URL: 'hunter2-jwks',
    });
    expect(faults).toHaveLength(5);
    expect(faults.join('\n')).not.toContain('hunter2');
  });

  it('counts an empty variable as unset, as compose files write it', () => {
    expect(parseConfig({ ...GOOD, PORT: '', REDIS_URL: '', JWT_ISSUER: '' })).toMatchObject({
      PORT: 3000,
      REDIS_URL: [],
    });
  });

  it('takes several Redis nodes, separated by commas', () => {
    const { REDIS_URL } = parseConfig({ ...GOOD, REDIS_URL: 'redis://a:1, rediss://b:2,redis://c:3' });
    expect(REDIS_URL).toEqual(['redis://a:1', 'rediss://b:2', 'redis://c:3']);
  });

  it('takes Stripe as it is, a simulator of it, or none; in production a simulator only when allowed', () => {
    expect(parseConfig(GOOD)).toMatchObject({ STRIPE_WEBHOOK_SECRET: [], STRIPE_SIMULATOR_ALLOWED: false });
    expect(parseConfig(GOOD).STRIPE_SECRET_KEY).toBeUndefined();
    const live = {
      STRIPE_SECRET_KEY: 'rk_live_x',
      STRIPE_WEBHOOK_SECRET: 'whsec_old, whsec_new',
      NODE_ENV: 'production',
    };
    expect(parseConfig({ ...GOOD, ...live }).STRIPE_WEBHOOK_SECRET).toEqual(['whsec_old', 'whsec_new']);
    expect(parseConfig({ ...GOOD, ...SIMULATOR }).STRIPE_API_URL).toBe('http://127.0.0.1:12111');
    expect(faultsOf({ ...GOOD, ...SIMULATOR, NODE_ENV: 'production', STRIPE_SIMULATOR_ALLOWED: 'true' })).toEqual([]);
  });

  it('takes where each manual method is paid to, with or without notes, or that none is said', () => {
    const bank = { BANK_TRANSFER_BANK: 'Bank', BANK_TRANSFER_HOLDER: ' Clinic ', BANK_TRANSFER_ACCOUNT: '012 345' };
    const gcash = { GCASH_HOLDER: 'Clinic', GCASH_ACCOUNT: '0917', GCASH_NOTE_EN: 'Note' };
    expect(parseConfig({ ...GOOD, ...bank, ...gcash })).toMatchObject({
      ...bank,
      BANK_TRANSFER_HOLDER: 'Clinic',
      ...gcash,
    });
    expect(parseConfig({ ...GOOD, ...gcash, BANK_TRANSFER_ACCOUNT: '' }).BANK_TRANSFER_ACCOUNT).toBeUndefined();
  });

  it.each([
    ['no way to check tokens', { JWT_SECRET: undefined }, /^JWT_SECRET is missing/],
    ['two ways to check tokens', { JWT_JWKS_URL: 'https://id.example/keys' }, /exclude each other/],
    [
      'a login without a secret',
      { JWT_SECRET: undefined, JWT_JWKS_URL: 'https://id.example/keys', LOGIN_ENABLED: 'true' },
      /^LOGIN_ENABLED needs/,
    ],
    [
      'the demo login in production',
      { NODE_ENV: 'production', LOGIN_ENABLED: 'true' },
      /^LOGIN_ENABLED is for demonstrations/,
    ],
    [
      'two Redis nodes, which have no majority',
      { REDIS_URL: 'redis://a:1,redis://b:2' },
      /^REDIS_URL must name one node or an odd/,
    ],
    [
      'a key of Stripe’s that is none',
      { STRIPE_SECRET_KEY: 'pk_test_x', STRIPE_WEBHOOK_SECRET: 'whsec_x' },
      /^STRIPE_SECRET_KEY must be a Stripe API key/,
    ],
    [
      'a key of Stripe’s without the secret of its webhooks',
      { STRIPE_SECRET_KEY: 'sk_live_x' },
      /^STRIPE_SECRET_KEY needs/,
    ],
    [
      'one webhook secret of two that is none',
      { STRIPE_WEBHOOK_SECRET: 'whsec_a,secret' },
      /^STRIPE_WEBHOOK_SECRET must be one or several/,
    ],
    [
      'a simulator without any key',
      { STRIPE_API_URL: SIMULATOR.STRIPE_API_URL },
      /^STRIPE_API_URL needs STRIPE_SECRET_KEY/,
    ],
    [
      'a simulator at no address',
      { ...SIMULATOR, STRIPE_API_URL: 'localhost:12111' },
      /^STRIPE_API_URL must be an http/,
    ],
    ['a simulator in production', { ...SIMULATOR, NODE_ENV: 'production' }, /^STRIPE_API_URL names a simulator/],
    ['a simulator with a live key', { ...SIMULATOR, STRIPE_SECRET_KEY: 'sk_live_x' }, /must not be a live key/],
    [
      'a simulator with a live restricted key in production, though allowed',
      { ...SIMULATOR, STRIPE_SECRET_KEY: 'rk_live_x', NODE_ENV: 'production', STRIPE_SIMULATOR_ALLOWED: 'true' },
      /must not be a live key/,
    ],
    ['a race lab in production', { RACE_LAB_URL: 'http://127.0.0.1:1', NODE_ENV: 'production' }, /^RACE_LAB_URL names/],
    [
      'a bank account without its holder and bank',
      { BANK_TRANSFER_ACCOUNT: '1' },
      /^BANK_TRANSFER_ACCOUNT needs BANK_TRANSFER_BANK and BANK_TRANSFER_HOLDER:/,
    ],
    [
      'a bank account without its number',
      { BANK_TRANSFER_BANK: 'B', BANK_TRANSFER_HOLDER: 'H', BANK_TRANSFER_ACCOUNT: '' },
      /^BANK_TRANSFER_BANK needs BANK_TRANSFER_ACCOUNT:/,
    ],
    [
      'a note on an account that nobody is shown',
      { GCASH_NOTE_ID: 'Catatan' },
      /^GCASH_NOTE_ID needs GCASH_HOLDER and GCASH_ACCOUNT:/,
    ],
    ['a GCash account without its holder', { GCASH_ACCOUNT: '1' }, /^GCASH_ACCOUNT needs GCASH_HOLDER:/],
    ['a blank holder', { GCASH_ACCOUNT: '1', GCASH_HOLDER: ' ' }, /^GCASH_HOLDER must not be blank/],
    [
      'a note as long as a page',
      { GCASH_ACCOUNT: '1', GCASH_HOLDER: 'H', GCASH_NOTE_EN: 'x'.repeat(501) },
      /^GCASH_NOTE_EN must have at most 500/,
    ],
    [
      'a key that is forgotten while a browser may still send it',
      { IDEMPOTENCY_KEY_TTL_SECONDS: '86399' },
      /^IDEMPOTENCY_KEY_TTL_SECONDS must be at least 86400 .* Raise it, or leave it unset/,
    ],
    [
      'a wait for a lock that is over before a hung Redis is passed over',
      { REDIS_URL: 'redis://127.0.0.1', LOCK_WAIT_MS: '150' },
      /^LOCK_WAIT_MS must be longer than REDIS_COMMAND_TIMEOUT_MS: .* Raise LOCK_WAIT_MS, or lower/,
    ],
    ['a wait for a lock of no length', { LOCK_WAIT_MS: '0' }, /^LOCK_WAIT_MS must be a whole number from 100 to 10000/],
    ['a word for a number', { DATABASE_POOL_SIZE: 'many' }, /^DATABASE_POOL_SIZE must be a whole number/],
  ])('refuses %s', (_name, env, fault) => {
    expect(faultsOf({ ...GOOD, ...env })).toEqual([expect.stringMatching(fault)]);
  });

  it('documents every variable that it reads, and reads every one that it documents', () => {
    const settings = listSettings().flatMap((group) => group.settings);
    const names = settings.map(({ name }) => name);
    const gcash = { GCASH_HOLDER: 'Clinic', GCASH_ACCOUNT: '0917' };
    const read = Object.keys(parseConfig({ ...GOOD, ...SIMULATOR, ...gcash }));
    expect(read.filter((name) => !names.includes(name))).toEqual([]);
    expect(names.length).toBe(new Set(names).size);
    for (const { name, description, values } of settings) {
      expect({ name, said: Boolean(description && values) }).toEqual({ name, said: true });
      const isNumber = /\d to \d/.test(values!);
      expect(isNumber ? faultsOf({ ...GOOD, [name]: 'many' }) : [name]).toEqual([expect.stringContaining(name)]);
    }
  });
});
