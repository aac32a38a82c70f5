import { codeOf, Fault } from '../say.mjs';

/** Longer than a cold start of a managed database takes to accept a connection; short enough for a wrong address. */
const MAX_CONNECT_MS = 8_000;

/** SQLSTATEs (https://www.postgresql.org/docs/18/errcodes-appendix.html) and system codes, and what to do about each. */
const advice = /** @type {Record<string, string>} */ ({
  '28P01': 'Postgres at DATABASE_URL refuses the user or the password. Correct them in DATABASE_URL.',
  28000:
    'Postgres at DATABASE_URL refuses this user, or wants TLS: add ?sslmode=verify-full, or ?sslmode=no-verify if its certificate is self-signed.',
  '3D000': 'Postgres at DATABASE_URL has no database of that name. Create it, or correct DATABASE_URL.',
  53300: 'Postgres at DATABASE_URL accepts no more connections. Close some, or raise its max_connections.',
  '57P03': 'Postgres at DATABASE_URL is starting up or shutting down. Try again in a moment.',
  ECONNREFUSED: 'Nothing listens at the host and port of DATABASE_URL. Start Postgres there, or correct DATABASE_URL.',
  ENOTFOUND: 'The host in DATABASE_URL is unknown. Correct DATABASE_URL.',
  EAI_AGAIN: "The host in DATABASE_URL cannot be looked up. Correct DATABASE_URL, or this machine's name service.",
});

/** What the driver says in words alone. */
const sentences = [
  { pattern: /client password must be a/, sentence: 'DATABASE_URL has no password, and Postgres requires one.' },
  {
    pattern: /Connection terminated unexpectedly/,
    sentence: 'The server at DATABASE_URL is not Postgres, or it closed the connection.',
  },
  {
    pattern: /does not support SSL/,
    sentence: 'Postgres at DATABASE_URL does not support TLS. Remove sslmode from DATABASE_URL.',
  },
];

/**
 * Connects once, so that a wrong address is known before anything is started.
 * @param {string} databaseUrl
 * @throws {Fault} one sentence; it never repeats the address, which holds a password.
 */
export async function checkDatabase(databaseUrl) {
  // Imported late: a start with its own Postgres does not need it.
  const { default: pg } = await import('pg');
  /** @type {import('pg').Client | undefined} */
  let client;
  try {
    client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: MAX_CONNECT_MS });
    client.on('error', () => {});
    await client.connect();
  } catch (error) {
    throw explainConnectFailure(error, databaseUrl);
  } finally {
    await client?.end().catch(() => {});
  }
}

/**
 * @param {unknown} error of a client that could not connect
 * @param {string} databaseUrl
 * @returns {Fault} one sentence; it never repeats the address, which holds a password.
 */
export function explainConnectFailure(error, databaseUrl) {
  const codes = [codeOf(error), ...(error instanceof AggregateError ? error.errors.map(codeOf) : [])];
  const known = codes.map((code) => advice[code]).find(Boolean);
  const words = error instanceof Error ? error.message : '';
  const understood = sentences.find(({ pattern }) => pattern.test(words))?.sentence;
  return new Fault(
    known ?? understood ?? `The Postgres at DATABASE_URL cannot be used: ${describe(error, databaseUrl)}`,
  );
}

/**
 * @param {unknown} error
 * @param {string} databaseUrl
 */
function describe(error, databaseUrl) {
  const message = error instanceof Error ? error.message || error.name : String(error);
  if (/timeout/i.test(message)) return `it did not answer within ${MAX_CONNECT_MS / 1000} s.`;
  const { password } = new URL(databaseUrl);
  // No message is known to repeat the password, but a driver's next version may.
  return password && (message.includes(password) || message.includes(decodeURIComponent(password)))
    ? 'it refused the connection.'
    : `${message}.`;
}
