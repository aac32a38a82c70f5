import { connectionWords } from './connection-words.mjs';
import { formatReply, rawReply } from './format-reply.mjs';
import { splitWords } from './words.mjs';

describe('our redis-cli', () => {
  it.each([
    ['  GET  a ', ['GET', 'a']],
    [`SET k "a b\\n\\x41\\"" 'it\\'s'`, ['SET', 'k', 'a b\nA"', "it's"]],
    ['', []],
    ['GET "a', undefined],
    ['GET "a"b', undefined],
  ])('takes %j apart', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  it('prints replies as redis-cli does on a terminal', () => {
    const bulk = (text: string) => Buffer.from(text);
    expect(formatReply(bulk('PONG'))).toBe('PONG\n');
    expect(formatReply(bulk('a"\n\u001bé'))).toBe('"a\\"\\n\\x1b\\xc3\\xa9"\n');
    expect(formatReply(4_211)).toBe('(integer) 4211\n');
    expect(formatReply(null)).toBe('(nil)\n');
    expect(formatReply([])).toBe('(empty array)\n');
    expect(formatReply([bulk('a'), [1, null], new Error('ERR no')])).toBe(
      '1) "a"\n2) 1) (integer) 1\n   2) (nil)\n3) (error) ERR no\n',
    );
    expect(formatReply(Array.from({ length: 10 }, () => 1))).toMatch(
      /^ 1\) \(integer\) 1\n[^]*\n10\) \(integer\) 1\n$/,
    );
    expect(formatReply(bulk('# Server\r\nredis_version:7'), 'INFO server')).toBe('# Server\r\nredis_version:7\n');
  });

  it('prints replies as they are into a pipe', () => {
    expect(rawReply([Buffer.from('a b'), [2, null]]).toString()).toBe('a b\n2\n\n');
    expect(rawReply(new Error('ERR no')).toString()).toBe('ERR no\n');
  });

  it('hands an address to redis-cli with the password in its environment', () => {
    const { words, env } = connectionWords('rediss://me:p%3Aw@cache.example:7000/2');
    expect(words).toEqual(['-h', 'cache.example', '-p', '7000', '-n', '2', '--user', 'me', '--tls']);
    expect(env).toEqual({ REDISCLI_AUTH: 'p:w', VALKEYCLI_AUTH: 'p:w' });
    expect(connectionWords('redis://127.0.0.1')).toEqual({ words: ['-h', '127.0.0.1', '-p', '6379'], env: {} });
  });
});
