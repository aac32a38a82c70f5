import { connectionWords } from '../../scripts/clients/redis-cli/connection-words.mjs';
import { formatReply, rawReply } from '../../scripts/clients/redis-cli/format-reply.mjs';
import { splitWords } from '../../scripts/clients/redis-cli/words.mjs';
import { formatTable } from '../../scripts/clients/psql/format-table.mjs';
import { libpqEnvironment } from '../../scripts/clients/psql/libpq-environment.mjs';
import { splitStatements } from '../../scripts/clients/psql/statements.mjs';

const TEXT = 25;
const INT8 = 20;

describe('our psql', () => {
  it.each([
    ['SELECT 1; SELECT 2;', ['SELECT 1;', 'SELECT 2;'], ''],
    ['SELECT 1; SELECT', ['SELECT 1;'], 'SELECT'],
    [' ;; \n', [], ''],
    [`SELECT 'a;b', "c;d", 'it''s;';`, [`SELECT 'a;b', "c;d", 'it''s;';`], ''],
    [`SELECT E'\\';', date'2026-01-01';`, [`SELECT E'\\';', date'2026-01-01';`], ''],
    ['DO $$ BEGIN a; b; END $$; SELECT 1;', ['DO $$ BEGIN a; b; END $$;', 'SELECT 1;'], ''],
    ['DO $x$ $$ ; $$ $x$;', ['DO $x$ $$ ; $$ $x$;'], ''],
    ['SELECT a$b$c; SELECT $1;', ['SELECT a$b$c;', 'SELECT $1;'], ''],
    ['SELECT 1 -- no; end\n;', ['SELECT 1 -- no; end\n;'], ''],
    ['/* one; /* two; */ three; */ SELECT 1;', ['/* one; /* two; */ three; */ SELECT 1;'], ''],
    ['CREATE RULE r AS ON INSERT TO t DO (a; b);', ['CREATE RULE r AS ON INSERT TO t DO (a; b);'], ''],
    ["SELECT 'open;", [], "SELECT 'open;"],
    ['SELECT $$ open;', [], 'SELECT $$ open;'],
    ['/* open; SELECT 1;', [], '/* open; SELECT 1;'],
  ])('cuts %j where its statements end', (sql, statements, rest) => {
    expect(splitStatements(sql)).toEqual({ statements, rest });
  });

  it('prints a table as psql does', () => {
    const fields = [
      { name: 'id', dataTypeID: INT8 },
      { name: 'note', dataTypeID: TEXT },
    ];
    expect(
      formatTable({
        fields,
        rows: [
          ['1', 'a\nb'],
          ['20', null],
        ],
      }),
    ).toBe([' id | note ', '----+------', '  1 | a   +', '    | b', ' 20 | ', '(2 rows)', ''].join('\n'));
    expect(formatTable({ fields: [{ name: 'n', dataTypeID: INT8 }], rows: [['1']] })).toBe(' n \n---\n 1\n(1 row)\n');
    expect(formatTable({ fields: [{ name: 'n', dataTypeID: INT8 }], rows: [] })).toBe(' n \n---\n(0 rows)\n');
  });

  it('sends a terminal nothing that it would obey', () => {
    const table = formatTable({
      fields: [{ name: 'payer', dataTypeID: TEXT }],
      rows: [['\u001b]0;x\u0007\u009b1m\r']],
    });
    expect(table).toContain('\\x1B]0;x\\x07\\x9B1m\\r');
  });

  it('hands an address to psql as its environment', () => {
    const url = 'postgres://u%40x:p%3Aw@[::1]:6543/my%20db?sslmode=no-verify&application_name=me';
    expect(libpqEnvironment(url, { PATH: '/bin', PGSERVICE: 'elsewhere' })).toEqual({
      PATH: '/bin',
      PGCONNECT_TIMEOUT: '8',
      PGHOST: '::1',
      PGPORT: '6543',
      PGUSER: 'u@x',
      PGPASSWORD: 'p:w',
      PGDATABASE: 'my db',
      PGSSLMODE: 'require',
      PGAPPNAME: 'me',
    });
    // As node-postgres does: the password from the environment stays.
    expect(libpqEnvironment('postgres://payonce@db/payonce', { PGPASSWORD: 'x' })).toMatchObject({ PGPASSWORD: 'x' });
  });
});

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
