/**
 * What only `npm start` reads; everything else is in libs/config. For docs/configuration.md.
 * @type {import('#config').Setting[]}
 */
export const START_SETTINGS = [
  {
    name: 'DEMO_DATA',
    default: 'on its own Postgres: `true`',
    values: '`true`, `false`',
    description: '`true` loads the demo data into your own Postgres too; refused in production.',
  },
  {
    name: 'SIMULATOR_PORT',
    default: '`12111`',
    values: '0 to 65535',
    description: 'The port of its Stripe simulator. `0`: any free port.',
  },
  {
    name: 'PAYONCE_DATA_DIR',
    default: '`.payonce`',
    values: 'a folder',
    description: 'The folder in which it keeps its data.',
  },
  {
    name: 'PAYONCE_REDIS',
    values: '`none`',
    description: '`none`: starts no Redis of its own.',
  },
];

/**
 * What the environment asks of `npm start`; an empty variable counts as unset.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ settings: Settings, faults: Record<string, string> }} faults: a sentence for each variable that cannot be
 *   used, with its name and never its value, which may hold a password. With any of them the settings are of no use.
 *
 * @typedef {ReturnType<typeof settingsFrom>} Settings
 */
export function readSettings(env) {
  const settings = settingsFrom(env);
  /** @type {Record<string, string | undefined>} */
  const found = {
    PORT: faultOfPort(env['PORT'] || '3000'),
    SIMULATOR_PORT: faultOfPort(env['SIMULATOR_PORT'] || '0'),
    DATABASE_URL:
      settings.databaseUrl &&
      faultOfAddress(settings.databaseUrl, ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database'),
    REDIS_URL: settings.redisUrls
      .map((url) =>
        faultOfAddress(url, ['redis:', 'rediss:'], 'redis://host:6379, or several of them separated by commas'),
      )
      .find(Boolean),
    DEMO_DATA: faultOfDemo(env),
  };
  /** @type {Record<string, string>} */
  const faults = {};
  for (const [name, fault] of Object.entries(found)) if (fault) faults[name] = `${name} ${fault}`;
  return { settings, faults };
}

/** @param {NodeJS.ProcessEnv} env */
function settingsFrom(env) {
  const databaseUrl = env['DATABASE_URL'] || undefined;
  const demoRefused = isOff(env['DEMO_DATA']) || env['NODE_ENV'] === 'production';
  /** Logins with a published password: never in production, and in a user's own database only on request. */
  const demo = !demoRefused && (isOn(env['DEMO_DATA']) || !databaseUrl);
  // Tokens of an identity provider are checked with its keys, and logins here are off.
  const ownTokens = !env['JWT_JWKS_URL'];
  const opensLogin = demo && ownTokens && !env['LOGIN_ENABLED'];
  return {
    host: env['HOST'] || '127.0.0.1',
    port: Number(env['PORT'] || '3000'),
    databaseUrl,
    redisUrls: (env['REDIS_URL'] ?? '')
      .split(',')
      .map((url) => url.trim())
      .filter(Boolean),
    demo,
    /** Where the Stripe simulator listens; undefined where there is to be none. */
    simulator: runsSimulator(env)
      ? { port: Number(env['SIMULATOR_PORT'] || '12111'), chosen: Boolean(env['SIMULATOR_PORT']) }
      : undefined,
    needsSecret: !env['JWT_SECRET'] && ownTokens,
    /** Whether to enable logins: unless they are disabled explicitly. */
    opensLogin,
    /** Whether the demo's people can log in, by us or by their user's own wish. */
    demoLogins: demo && (opensLogin || isOn(env['LOGIN_ENABLED'])),
  };
}

/**
 * Stripe needs an account, so the simulator is the default. Real money must never meet a simulator that was not
 * configured.
 * @param {NodeJS.ProcessEnv} env
 */
function runsSimulator(env) {
  return !env['STRIPE_SECRET_KEY'] && !env['STRIPE_API_URL'] && env['NODE_ENV'] !== 'production';
}

/** @param {string | undefined} word */
function isOn(word) {
  return ['true', '1', 'on'].includes(word ?? '');
}

/** @param {string | undefined} word */
function isOff(word) {
  return ['false', '0', 'off'].includes(word ?? '');
}

/** @param {NodeJS.ProcessEnv} env */
function faultOfDemo(env) {
  const word = env['DEMO_DATA'];
  if (word && !isOn(word) && !isOff(word)) return 'must be true or false';
  return isOn(word) && env['NODE_ENV'] === 'production'
    ? 'must be false when NODE_ENV is production: the passwords of its logins are public'
    : undefined;
}

/** @param {string} text */
function faultOfPort(text) {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? undefined
    : 'must be a whole number from 0 to 65535 (0: any free one)';
}

/**
 * @param {string} url
 * @param {string[]} protocols
 * @param {string} example
 */
function faultOfAddress(url, protocols, example) {
  const usable = URL.canParse(url) && protocols.includes(new URL(url).protocol) && new URL(url).hostname !== '';
  if (!usable) return `is not a valid URL. It must look like ${example}`;
  try {
    const { username, password } = new URL(url);
    decodeURIComponent(username + password);
    return undefined;
  } catch {
    return 'has a stray "%" in its user or password. Write "%25" for a percent sign';
  }
}
