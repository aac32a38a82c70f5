import { ConfigurationFault } from '#config';

interface SystemFailure {
  code?: string;
  port?: number;
  address?: string;
  message?: string;
  errors?: unknown;
  driverError?: unknown;
}

/** SQLSTATEs and system error codes of a failed database connection, each with advice for the operator. */
const DATABASE_ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'Postgres refuses the user or the password in DATABASE_URL (or PGPASSWORD). Correct it there.',
  '28000': 'Postgres refuses the user in DATABASE_URL. Correct it there, or allow the user in pg_hba.conf.',
  '3D000': 'The database in DATABASE_URL does not exist. Create it (CREATE DATABASE …), or use another.',
  '42P01': 'The tables of Payonce do not exist in the database. Run the migrations: node dist/apps/api/src/migrate.js',
  '42501': 'The user in DATABASE_URL may not create tables there. Make it the owner: ALTER DATABASE … OWNER TO …',
  '25006': 'The database in DATABASE_URL is read-only: it is a replica, or the user is read-only. Use the primary.',
  '3F000': 'No schema in the search_path of DATABASE_URL exists. Create the schema, or remove search_path.',
  '53300': 'Postgres accepts no more connections. Raise max_connections, or lower DATABASE_POOL_SIZE.',
  '57P03': 'Postgres at DATABASE_URL is starting or stopping. Try again in a moment.',
  ECONNREFUSED: 'Nothing answers at the address in DATABASE_URL. Start Postgres there, or correct the address.',
  ENOTFOUND: 'The host in DATABASE_URL is unknown. Correct the address.',
  EAI_AGAIN: 'The host in DATABASE_URL cannot be resolved. Correct the address, or the DNS settings of this machine.',
  ETIMEDOUT: 'The host in DATABASE_URL does not answer. Correct the address, or allow the connection in its firewall.',
};

/**
 * Ends the process with exit code 1. Faults that an operator can correct get one sentence; the others get the whole
 * error. Never prints a value of the configuration.
 */
export function explainBootFailure(error: unknown): void {
  process.exitCode = 1;
  const sentence = sentenceFor(error);
  if (sentence) process.stderr.write(`${sentence}\n`);
  else console.error('Payonce could not start.', error);
  // Pools and servers that started before the failure must not keep the process alive.
  setTimeout(() => process.exit(1), 100).unref();
}

function sentenceFor(error: unknown): string | undefined {
  if (error instanceof ConfigurationFault) return error.message;
  if (typeof error !== 'object' || error === null) return undefined;
  const failure = innermost(error);
  const code = String(failure.code);
  if (code === 'EADDRINUSE')
    return `Port ${failure.port} is in use. Stop the program that uses it, or choose another: PORT=${(failure.port ?? 0) >= 65_535 ? 3000 : Number(failure.port) + 1} npm start`;
  if (code === 'EACCES' && failure.port !== undefined)
    return `Port ${failure.port} needs more privileges than this user has. Choose one above 1023: PORT=3000 npm start`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${failure.address}. Correct HOST.`;
  if (String(failure.message).includes('timeout exceeded when trying to connect')) return DATABASE_ADVICE.ETIMEDOUT;
  return DATABASE_ADVICE[code];
}

function innermost(failure: SystemFailure): SystemFailure {
  if (typeof failure.driverError === 'object' && failure.driverError !== null) return failure.driverError;
  if (Array.isArray(failure.errors) && failure.errors.length > 0) return failure.errors[0] as SystemFailure;
  return failure;
}
