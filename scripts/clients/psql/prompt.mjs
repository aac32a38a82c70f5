import { createInterface } from 'node:readline';
import process from 'node:process';
import { describe } from './describe.mjs';
import { formatError, runSql } from './run-sql.mjs';
import { splitStatements } from './statements.mjs';
import { showFault } from '../../say.mjs';

/**
 * Reads statements from the terminal until `\q` or Ctrl-D. A statement continues over lines until its semicolon.
 * Ctrl-C discards the input, or cancels the running statement.
 * @param {import('pg').Client} client
 * @param {{ database: string, cancel: () => Promise<void> }} how
 * @returns {Promise<number>} the exit code.
 */
export async function runPrompt(client, { database, cancel }) {
  const { stdin: input, stdout: output } = process;
  const lines = createInterface({ input, output, terminal: true });
  let typed = '';
  let isRunning = false;
  // After Ctrl-D during a statement, earlier input is still read; a new prompt would keep standard input open.
  let isClosed = false;
  lines.once('close', () => {
    isClosed = true;
  });
  const ask = () => {
    if (isClosed) return;
    lines.setPrompt(`${database}${typed === '' ? '=' : '-'}${markOf(client)}> `);
    lines.prompt();
  };
  lines.on('SIGINT', () => {
    if (isRunning) return void cancel().catch(showFault);
    typed = '';
    output.write('^C\n');
    ask();
  });
  // The server closed the connection: the role ends idle transactions, and npm start may stop.
  let lost = false;
  client.once('end', () => {
    lost = true;
    lines.close();
  });
  ask();
  for await (const line of lines) {
    const isCommand = typed === '' && line.trimStart().startsWith('\\');
    if (isCommand && /^\s*\\q\b/.test(line)) break;
    isRunning = true;
    if (isCommand) await answer(client, line.trim());
    else {
      const { statements, rest } = splitStatements(`${typed}${line}\n`);
      typed = rest === '' ? '' : `${rest}\n`;
      for (const statement of statements) await answer(client, statement);
    }
    isRunning = false;
    if (lost) break;
    ask();
  }
  lines.close();
  output.write('\n');
  return lost ? 2 : 0;
}

/**
 * @param {import('pg').Client} client
 * @param {string} typed SQL, or a command that begins with a backslash
 */
async function answer(client, typed) {
  try {
    if (!typed.startsWith('\\')) return void process.stdout.write(await runSql(client, typed));
    const described = await describe(client, typed);
    process.stdout.write('text' in described ? described.text : `${described.fault}\n`);
  } catch (error) {
    process.stderr.write(formatError(error, typed));
    // Postgres reports an error before it says whether the transaction has failed, which the next prompt shows.
    await client.query('').catch(() => {});
  }
}

/**
 * psql's marks: `*` within a transaction, `!` within a failed one.
 * @param {import('pg').Client} client
 */
function markOf(client) {
  const status = client.getTransactionStatus();
  return status === 'T' ? '*' : status === 'E' ? '!' : '';
}
