import process from 'node:process';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { explainConnectFailure } from '../../start/check-database.mjs';
import { codeOf, Fault } from '../../say.mjs';
import { describe } from './describe.mjs';
import { runPrompt } from './prompt.mjs';
import { formatError, runSql } from './run-sql.mjs';
import { splitStatements } from './statements.mjs';

/** psql's exit codes (https://www.postgresql.org/docs/18/app-psql.html), with ON_ERROR_STOP set. */
const FAILED_COMMAND = 1;
const FAILED_SCRIPT = 3;

const CONNECT_TIMEOUT_MS = 8_000;

/**
 * A minimal psql for machines without one: `-c`, repeatedly, SQL from standard input, or a prompt. It stops at the
 * first error.
 * @param {string} databaseUrl
 * @param {string[]} words
 * @returns {Promise<number>} the exit code.
 */
export async function ownPsql(databaseUrl, words) {
  const commands = commandsIn(words);
  const client = await connect(databaseUrl);
  try {
    if (commands.length > 0) return await runAll(client, commands, FAILED_COMMAND);
    if (process.stdin.isTTY) return await runPrompt(client, await promptFor(client, databaseUrl));
    const { statements, rest } = splitStatements(await text(process.stdin));
    return await runAll(client, [...statements, ...(rest === '' ? [] : [rest])], FAILED_SCRIPT);
  } finally {
    await client.end().catch(() => {});
  }
}

/** @param {string[]} words */
function commandsIn(words) {
  try {
    const { values } = parseArgs({ args: words, options: { command: { type: 'string', short: 'c', multiple: true } } });
    return values.command ?? [];
  } catch (error) {
    if (!codeOf(error).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new Fault(
      'psql is not on the PATH. The built-in client takes -c "SQL" (any number of them), SQL from standard input, or nothing for a prompt. For everything else, install psql (Debian, Ubuntu: apt-get install postgresql-client).',
    );
  }
}

/** @param {string} databaseUrl */
async function connect(databaseUrl) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'payonce-psql',
  });
  client.on('error', (error) => process.stderr.write(`${error.message}\n`));
  client.on('notice', ({ severity, message }) => process.stderr.write(`${severity}:  ${message}\n`));
  try {
    await client.connect();
  } catch (error) {
    throw explainConnectFailure(error, databaseUrl);
  }
  return client;
}

/**
 * @param {import('pg').Client} client
 * @param {string[]} commands
 * @param {number} failed the exit code of an error
 */
async function runAll(client, commands, failed) {
  for (const command of commands) {
    try {
      const described = command.startsWith('\\')
        ? await describe(client, command)
        : { text: await runSql(client, command) };
      if ('fault' in described) {
        process.stderr.write(`${described.fault}\n`);
        return failed;
      }
      process.stdout.write(described.text);
    } catch (error) {
      process.stderr.write(formatError(error, command));
      return failed;
    }
  }
  return 0;
}

/**
 * @param {import('pg').Client} client
 * @param {string} databaseUrl
 */
async function promptFor(client, databaseUrl) {
  const { rows } = await client.query('SELECT current_database() AS database, pg_backend_pid() AS pid');
  return {
    database: String(rows[0].database),
    cancel: async () => {
      const other = await connect(databaseUrl);
      try {
        await other.query('SELECT pg_cancel_backend($1)', [rows[0].pid]);
      } finally {
        await other.end();
      }
    },
  };
}
