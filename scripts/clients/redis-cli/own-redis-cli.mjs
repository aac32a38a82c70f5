import { createInterface } from 'node:readline';
import process from 'node:process';
import { Fault } from '../../say.mjs';
import { formatReply, rawReply } from './format-reply.mjs';
import { splitWords } from './words.mjs';

const CONNECT_TIMEOUT_MS = 5_000;

/** They never stop answering, or answer with more than one reply. */
const NEEDS_REDIS_CLI = /^(?:monitor|p?subscribe|ssubscribe|psync|sync)$/i;

const KEYS_A_STEP = '500';

/**
 * A minimal redis-cli for machines without one: a command from its arguments, `--scan [--pattern …]`, commands from
 * standard input, or a prompt.
 * @param {string} url
 * @param {string[]} words
 * @returns {Promise<number>} the exit code: 1 when a command from its words was refused.
 */
export async function ownRedisCli(url, words) {
  const redis = await connect(url);
  try {
    if (words[0] === '--scan') return await scan(redis, words.slice(1));
    if (words[0]?.startsWith('-')) throw new Fault(HELP);
    if (words.length > 0) return (await run(redis, words)) ? 0 : 1;
    return await readCommands(redis, new URL(url));
  } finally {
    redis.disconnect();
  }
}

const HELP =
  'redis-cli is not on the PATH. The built-in client takes a command, --scan [--pattern …], commands from standard input, or nothing for a prompt. For everything else, install redis-cli (Debian, Ubuntu: apt-get install redis-tools).';

/** @param {string} url */
async function connect(url) {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  /** ioredis reports the reason of a refused connection only here. */
  let reason = '';
  redis.on('error', (error) => {
    reason = error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const said = [reason, error instanceof Error ? error.message : ''].find((text) =>
      /WRONGPASS|NOAUTH|LOADING/.test(text),
    );
    throw new Fault(`Redis does not answer${said ? `: ${said}` : '.'}`);
  }
  return redis;
}

/**
 * @param {import('ioredis').Redis} redis
 * @param {string[]} words
 * @returns {Promise<boolean>} whether it was not refused.
 */
async function run(redis, words) {
  const [name = '', ...rest] = words;
  if (NEEDS_REDIS_CLI.test(name)) {
    print(new Error(`${name.toUpperCase()} needs redis-cli itself (Debian, Ubuntu: apt-get install redis-tools)`), '');
    return false;
  }
  try {
    print(/** @type {import('./format-reply.mjs').Reply} */ (await redis.callBuffer(name, ...rest)), words.join(' '));
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    print(error, '');
    return false;
  }
}

/**
 * @param {import('./format-reply.mjs').Reply} reply
 * @param {string} command
 */
function print(reply, command) {
  process.stdout.write(process.stdout.isTTY ? formatReply(reply, command) : rawReply(reply));
}

/**
 * Scans keys in steps, because KEYS would block Redis until it had them all.
 * @param {import('ioredis').Redis} redis
 * @param {string[]} words
 */
async function scan(redis, words) {
  const [option, pattern = '*', ...more] = words;
  if ((option !== undefined && option !== '--pattern') || more.length > 0) throw new Fault(HELP);
  let cursor = '0';
  do {
    const [next, names] = await redis.scanBuffer(cursor, 'MATCH', pattern, 'COUNT', KEYS_A_STEP);
    for (const name of names) print(name, '');
    cursor = next.toString();
  } while (cursor !== '0');
  return 0;
}

/**
 * @param {import('ioredis').Redis} redis
 * @param {URL} address
 */
async function readCommands(redis, { hostname, port }) {
  const isPerson = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: isPerson });
  lines.setPrompt(isPerson ? `${hostname}:${port || '6379'}> ` : '');
  // As in psql's prompt: no new prompt once it is closed.
  let isClosed = false;
  lines.once('close', () => {
    isClosed = true;
  });
  const ask = () => {
    if (isPerson && !isClosed) lines.prompt();
  };
  redis.once('end', () => lines.close());
  lines.on('SIGINT', () => {
    lines.close();
    // Ends a blocking command such as BLPOP.
    redis.disconnect();
  });
  ask();
  for await (const line of lines) {
    const words = splitWords(line);
    if (/^(?:quit|exit)$/i.test(words?.[0] ?? '')) break;
    if (words === undefined) process.stdout.write('Invalid argument(s)\n');
    else if (words.length > 0) await run(redis, words);
    ask();
  }
  lines.close();
  if (isPerson) process.stdout.write('\n');
  return 0;
}
