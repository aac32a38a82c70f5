import process from 'node:process';
import { postgresUrl } from './clients/addresses.mjs';
import { libpqEnvironment } from './clients/psql/libpq-environment.mjs';
import { ownPsql } from './clients/psql/own-psql.mjs';
import { runClient } from './clients/run-client.mjs';
import { Fault, showFault } from './say.mjs';
import { findOnPath } from './stack/find-on-path.mjs';

/** psql's exit code for a failed connection. */
const NO_CONNECTION = 2;

/**
 * `npm run psql [-- arguments of psql]`: connects to the Postgres that `npm start` runs, or that of DATABASE_URL, with
 * psql if it is installed, otherwise with a built-in client.
 */
try {
  process.exitCode = await openPostgres(process.argv.slice(2));
} catch (error) {
  showFault(error);
  process.exitCode = error instanceof Fault ? NO_CONNECTION : 1;
}

/** @param {string[]} words */
async function openPostgres(words) {
  const databaseUrl = postgresUrl(process.env);
  const psql = findOnPath(process.env['PATH'], ['psql']);
  if (!psql) return ownPsql(databaseUrl, words);
  // A script stops at its first error; the arguments can change that.
  return runClient(psql, ['--set=ON_ERROR_STOP=1', ...words], libpqEnvironment(databaseUrl, process.env));
}
