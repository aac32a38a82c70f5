/**
 * Query parameters of a Postgres URL, and libpq's variables for them
 * (https://www.postgresql.org/docs/18/libpq-envars.html).
 */
const PARAMETERS = new Map([
  ['sslmode', 'PGSSLMODE'],
  ['sslrootcert', 'PGSSLROOTCERT'],
  ['sslcert', 'PGSSLCERT'],
  ['sslkey', 'PGSSLKEY'],
  ['options', 'PGOPTIONS'],
  ['application_name', 'PGAPPNAME'],
]);

/** Variables that would make psql connect to another server. */
const ELSEWHERE = ['PGHOSTADDR', 'PGSERVICE', 'PGSERVICEFILE', 'PGTARGETSESSIONATTRS'];

/**
 * Converts a URL into psql's environment, because every user of the machine can read its command line.
 * @param {string} databaseUrl
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function libpqEnvironment(databaseUrl, env) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(databaseUrl);
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !ELSEWHERE.includes(name)));
  const parameters = [...PARAMETERS].flatMap(([name, variable]) => {
    const value = searchParams.get(name);
    return value === null ? [] : [[variable, value]];
  });
  const user = decodeURIComponent(username);
  return {
    PGCONNECT_TIMEOUT: '8',
    ...kept,
    PGHOST: hostname.replace(/^\[|\]$/g, ''),
    PGPORT: port || '5432',
    // psql uses the system user's name if user or database is missing.
    ...(user ? { PGUSER: user } : {}),
    ...(password ? { PGPASSWORD: decodeURIComponent(password) } : {}),
    ...(pathname.length > 1 ? { PGDATABASE: decodeURIComponent(pathname.slice(1)) } : {}),
    ...Object.fromEntries(parameters),
    // node-postgres' name for this libpq setting.
    ...(searchParams.get('sslmode') === 'no-verify' ? { PGSSLMODE: 'require' } : {}),
  };
}
