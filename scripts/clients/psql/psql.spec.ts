import { formatTable } from './format-table.mjs';
import { libpqEnvironment } from './libpq-environment.mjs';
import { splitStatements } from './statements.mjs';

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
