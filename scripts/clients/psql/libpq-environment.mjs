/** What an address may say after its question mark, and libpq's name for it (https://www.postgresql.org/docs/18/libpq-envars.html). */
const PARAMETERS = new Map([
  ['sslmode', 'PGSSLMODE'],
  ['sslrootcert', 'PGSSLROOTCERT'],
  ['sslcert', 'PGSSLCERT'],
  ['sslkey', 'PGSSLKEY'],
  ['options', 'PGOPTIONS'],
  ['application_name', 'PGAPPNAME'],
]);

/** They would lead psql to another server than the address does. */
const ELSEWHERE = ['PGHOSTADDR', 'PGSERVICE', 'PGSERVICEFILE', 'PGTARGETSESSIONATTRS'];

/**
 * An address as the environment of psql: on its command line every user of the machine could read the password.
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
    // psql takes the name of the system's user for a user or database that is not named.
    ...(user ? { PGUSER: user } : {}),
    ...(password ? { PGPASSWORD: decodeURIComponent(password) } : {}),
    ...(pathname.length > 1 ? { PGDATABASE: decodeURIComponent(pathname.slice(1)) } : {}),
    ...Object.fromEntries(parameters),
    // node-postgres' own word for what libpq does under this name.
    ...(searchParams.get('sslmode') === 'no-verify' ? { PGSSLMODE: 'require' } : {}),
  };
}
