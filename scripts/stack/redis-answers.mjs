import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Loopback answers in a millisecond, another continent in a third of a second. */
const MAX_ANSWER_MS = 2_000;

/**
 * Whether a Redis answers PING at an address, with its user and password if the address has them.
 * @param {string} url redis:// or rediss://
 * @returns {Promise<boolean>}
 */
export function redisAnswers(url) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'rediss:';
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  return new Promise((resolve) => {
    const socket = secure ? connectTls({ ...address, servername: address.host }) : connect(address);
    let answer = '';
    /** @param {boolean} value */
    const finish = (value) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(value);
    };
    const timer = setTimeout(() => finish(false), MAX_ANSWER_MS);
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on(secure ? 'secureConnect' : 'connect', () => {
      const credentials = [username, password].filter(Boolean).map(decodeURIComponent);
      socket.write((credentials.length > 0 ? command('AUTH', ...credentials) : '') + command('PING'));
    });
    socket.on('data', (data) => {
      answer += data.toString();
      // LOADING and NOAUTH come as errors: it is there, and of no use to us (yet).
      if (answer.includes('+PONG')) finish(true);
      else if (answer.includes('-')) finish(false);
    });
  });
}

/**
 * The protocol's own form, in which a word may hold any character (https://redis.io/docs/latest/develop/reference/protocol-spec/).
 * @param {string[]} words
 */
function command(...words) {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
