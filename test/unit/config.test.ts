import { type Config, ConfigurationFault, parseConfig } from '#config';

const GOOD = { DATABASE_URL: 'postgres://u:p@localhost/payonce', JWT_SECRET: 'x'.repeat(32) };

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
    ['a word for a number', { DATABASE_POOL_SIZE: 'many' }, /^DATABASE_POOL_SIZE must be a whole number/],
  ])('refuses %s', (_name, env, fault) => {
    expect(faultsOf({ ...GOOD, ...env })).toEqual([expect.stringMatching(fault)]);
  });
});
