import { Fault } from '../say.mjs';

/**
 * What the environment asks of `npm start`; an empty variable counts as unset.
 * @param {NodeJS.ProcessEnv} env
 * @throws {Fault} naming the variable, never its value where that may hold a password.
 */
export function readSettings(env) {
  const databaseUrl = env['DATABASE_URL'] || undefined;
  const redisUrls = (env['REDIS_URL'] ?? '')
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean);
  if (databaseUrl)
    requireAddress(
      'DATABASE_URL',
      databaseUrl,
      ['postgres:', 'postgresql:'],
      'postgres://user:password@host:5432/database',
    );
  for (const url of redisUrls) {
    requireAddress(
      'REDIS_URL',
      url,
      ['redis:', 'rediss:'],
      'redis://host:6379, or several of them separated by commas',
    );
  }
  const demoAsked = ['true', '1', 'on'].includes(env['DEMO_DATA'] ?? '');
  const demoRefused = ['false', '0', 'off'].includes(env['DEMO_DATA'] ?? '') || env['NODE_ENV'] === 'production';
  return {
    host: env['HOST'] || '127.0.0.1',
    port: readPort(env['PORT'] || '3000'),
    databaseUrl,
    redisUrls,
    /** Logins whose password everybody knows: never in production, and in somebody's own database only when asked for. */
    demo: !demoRefused && (demoAsked || !databaseUrl),
    needsSecret: !env['JWT_SECRET'] && !env['JWT_JWKS_URL'],
  };
}

/** @param {string} text */
function readPort(text) {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Fault('PORT must be a whole number from 0 to 65535 (0: any free one).');
}

/**
 * @param {string} name
 * @param {string} url
 * @param {string[]} protocols
 * @param {string} example
 */
function requireAddress(name, url, protocols, example) {
  const usable = URL.canParse(url) && protocols.includes(new URL(url).protocol) && new URL(url).hostname !== '';
  if (!usable) throw new Fault(`${name} is not an address we can use. It must look like ${example}`);
  try {
    const { username, password } = new URL(url);
    decodeURIComponent(username + password);
  } catch {
    throw new Fault(`${name} has a stray "%" in its user or password. Write "%25" for a percent sign.`);
  }
}
