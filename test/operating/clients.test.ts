import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../../scripts/stack/find-on-path.mjs';
import { runningPostgresUrl, runningRedisUrl } from '../../scripts/stack/running-servers.mjs';
import { PROJECT, type Ran, run, typeAtPrompts } from './support/run.js';
import { toolsFolder } from './support/tools.js';

/** The servers of `npm test` are kept and written down like those of `npm start`. */
const DATA_FOLDER = path.dirname(process.env.TEST_FOLDER!);
const OWN_REDIS_CLI = `import(process.argv[1]).then(async (m) => { process.exitCode = await m.ownRedisCli(process.env.URL, process.argv.slice(2)); })`;

const home = () => mkdtempSync(path.join(process.env.TEST_FOLDER!, 'home-'));
const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: tools,
  HOME: home(),
  PAYONCE_DATA_DIR: DATA_FOLDER,
  npm_config_update_notifier: 'false',
  ...more,
});

let tools: string;
beforeAll(() => {
  tools = toolsFolder();
});

/** Passwords of the servers that run; none of them is ever printed. */
const secrets = () =>
  [runningPostgresUrl(DATA_FOLDER), runningRedisUrl(DATA_FOLDER)].map((url) => new URL(url).password);

function expectNoSecrets({ stdout, stderr }: Ran): void {
  for (const secret of secrets()) expect(stdout + stderr).not.toContain(secret);
}

describe('npm run psql, without psql', () => {
  const psql = (words: string[], how: { more?: NodeJS.ProcessEnv; input?: string } = {}) =>
    run([process.execPath, 'scripts/psql.mjs', ...words], { env: env(how.more), input: how.input ?? '' });

  it('connects to the running Postgres, with the service’s role', async () => {
    const ran = await run(['npm', 'run', 'psql', '--', '-c', `SELECT current_user, 1 AS "one;"`], { env: env() });
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toContain(' current_user | one; \n--------------+------\n payonce      |    1\n(1 row)\n');
    expect(ran.code).toBe(0);
    expectNoSecrets(ran);
  });

  it('accepts several commands, and several statements in one', async () => {
    const { code, stdout } = await psql(['-c', 'SELECT 1 AS a; SELECT 2 AS b', '--command=SELECT 3 AS c']);
    expect(stdout.match(/^ [abc] $/gm)).toEqual([' a ', ' b ', ' c ']);
    expect(code).toBe(0);
  });

  it('reads SQL from standard input, statement by statement', async () => {
    const input = `CREATE TEMP TABLE t (\n  n int\n);\nINSERT INTO t VALUES (1), (2);\nDO $$ BEGIN RAISE NOTICE 'hello;'; END $$;\nSELECT sum(n) FROM t`;
    const { code, stdout, stderr } = await psql([], { input });
    expect(stdout).toBe('CREATE TABLE\nINSERT 0 2\nDO\n sum \n-----\n   3\n(1 row)\n\n');
    expect(stderr).toBe('NOTICE:  hello;\n');
    expect(code).toBe(0);
  });

  it('prints a large result, and refuses COPY, whose data would be lost', async () => {
    const large = await psql(['-c', 'SELECT generate_series(1, 150000) AS n']);
    expect([large.code, large.stdout.slice(-30)]).toEqual([0, expect.stringContaining('(150000 rows)')]);
    const copy = await psql(['-c', 'COPY pg_type TO STDOUT']);
    expect([copy.code, copy.stdout, copy.stderr]).toEqual([1, '', expect.stringContaining('needs psql itself')]);
  });

  it('an SQL error: its position, and exit code 1 for a command, 3 for a script, which stops there', async () => {
    const command = await psql(['-c', 'SELECT 1 AS a', '-c', 'SELECT\n  nothing FROM pg_class', '-c', 'SELECT 2 AS b']);
    expect(command.stdout).toContain(' a ');
    expect(command.stdout).not.toContain(' b ');
    expect(command.stderr).toBe(
      'ERROR:  column "nothing" does not exist\nLINE 2:   nothing FROM pg_class\n          ^\n',
    );
    expect(command.code).toBe(1);
    const script = await psql([], { input: 'SELECT 1/0; SELECT 2;' });
    expect([script.code, script.stdout, script.stderr]).toEqual([3, '', 'ERROR:  division by zero\n']);
  });

  it('lists the tables, and describes one', async () => {
    const template = { pathname: `/${process.env.TEST_TEMPLATE}` };
    const more = { DATABASE_URL: Object.assign(new URL(process.env.TEST_DATABASE_URL!), template).href };
    const list = await psql(['-c', '\\dt'], { more });
    expect(list.stdout).toMatch(/List of relations\n Schema +\| +Name +\| Type +\| +Owner/);
    expect(list.stdout).toMatch(/public \| payments +\| table \| postgres/);
    const one = await psql(['-c', '\\d concurrency_locks'], { more });
    expect(one.stdout).toMatch(/Table "concurrency_locks"\n +Column +\| +Type +\| Nullable \| Default/);
    expect(one.stdout).toContain('"concurrency_locks_pkey" btree (lock_key)');
    const none = await psql(['-c', '\\d nothing'], { more });
    expect([none.code, none.stderr]).toEqual([1, 'Did not find any relation named "nothing".\n']);
    const other = await psql(['-c', '\\copy x'], { more });
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('invalid command \\copy')]);
  });

  it('an unknown option: prints the options it takes, exit code 2', async () => {
    const { code, stderr } = await psql(['--csv']);
    expect(stderr).toMatch(/psql is not on the PATH\. The built-in client takes -c "SQL"/);
    expect(code).toBe(2);
  });

  it('an unreachable Postgres or an invalid address: one sentence, exit code 2', async () => {
    const silent = await psql(['-c', 'SELECT 1'], { more: { DATABASE_URL: 'postgres://u:sesame@127.0.0.1:1/x' } });
    expect([silent.code, silent.stderr]).toEqual([
      2,
      'Nothing listens at the host and port of DATABASE_URL. Start Postgres there, or correct DATABASE_URL.\n',
    ]);
    const none = await psql(['-c', 'SELECT 1'], { more: { DATABASE_URL: 'mysql://u:sesame@127.0.0.1/x' } });
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/^DATABASE_URL is not a valid URL/)]);
    expect(none.stderr).not.toContain('sesame');
  });
});

describe('npm run redis-cli, without redis-cli', () => {
  /** The client itself: the machine’s cache may hold a redis-cli that was unpacked beside the server. */
  const own = (words: string[], input = '') =>
    run(
      [
        process.execPath,
        '-e',
        OWN_REDIS_CLI,
        path.join(PROJECT, 'scripts/clients/redis-cli/own-redis-cli.mjs'),
        ...words,
      ],
      {
        env: env({ URL: runningRedisUrl(DATA_FOLDER) }),
        input,
      },
    );

  it('connects to the running Redis', async () => {
    const ran = await run(['npm', 'run', 'redis-cli', '--', 'PING'], { env: env() });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/^PONG$/m);
    expectNoSecrets(ran);
  });

  it('runs a command given as arguments', async () => {
    const set = await own(['SET', 'client-test', 'a b', 'PX', '60000']);
    expect(set).toEqual({ code: 0, stdout: 'OK\n', stderr: '' });
    expect((await own(['GET', 'client-test'])).stdout).toBe('a b\n');
    expect((await own(['--scan', '--pattern', 'client-test*'])).stdout).toBe('client-test\n');
  });

  it('a command that Redis refuses, or that cannot be run here: the reason, exit code 1', async () => {
    const refused = await own(['FOO']);
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringMatching(/^ERR unknown command/)]);
    const monitor = await own(['MONITOR']);
    expect([monitor.code, monitor.stdout]).toEqual([1, expect.stringContaining('MONITOR needs redis-cli itself')]);
  });

  it('reads commands from standard input', async () => {
    const input = 'PING\nECHO "a b"\nEXISTS none\nGET none\nFOO\n\nECHO "open\nQUIT\nPING\n';
    const { code, stdout } = await own([], input);
    const refused = expect.stringMatching(/^ERR/);
    expect(stdout.split('\n')).toEqual(['PONG', 'a b', '0', '', refused, 'Invalid argument(s)', '']);
    expect(code).toBe(0);
  });
});

describe.each([
  ['psql', ['-c', 'SELECT 1']],
  ['redis-cli', ['PING']],
])('npm run %s', (name, words) => {
  const script = `scripts/${name}.mjs`;

  it('with nothing running: says what to do, exit code 2', async () => {
    const folder = mkdtempSync(path.join(process.env.TEST_FOLDER!, 'data-'));
    const ran = await run([process.execPath, script, ...words], { env: env({ PAYONCE_DATA_DIR: folder }) });
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([
      2,
      '',
      `Payonce is not running: run PAYONCE_DATA_DIR=${folder} npm start\n`,
    ]);
  });

  it('uses the installed client where there is one: with its arguments, its exit code, and the password only in its environment', async () => {
    const print = 'echo "words: $@"; echo "password: ${PGPASSWORD:-$REDISCLI_AUTH}"; cat; exit 7';
    const bin = toolsFolder({ [name]: print });
    const ran = await run([process.execPath, script, ...words, 'with blanks'], {
      env: env({ PATH: bin }),
      input: 'input\n',
    });
    const [, given = '', password = '', input] = /^words: (.*)\npassword: (.*)\n([^]*)$/.exec(ran.stdout) ?? [];
    expect([ran.code, input]).toEqual([7, 'input\n']);
    expect(given).toMatch(new RegExp(`${words.join(' ')} with blanks$`));
    expect(secrets()).toContain(password);
    for (const secret of secrets()) expect(given).not.toContain(secret);
  });
});

const hasScript = findOnPath(process.env.PATH, ['script']) !== undefined && process.platform === 'linux';
(hasScript ? describe : describe.skip)('on a terminal', () => {
  /** A program on a terminal of its own. */
  const onTerminal = (command: string, more: NodeJS.ProcessEnv = {}) => ({
    program: ['/usr/bin/env', 'script', '--quiet', '--return', '--command', command, '/dev/null'] as const,
    env: { ...env(more), PATH: `${tools}:/usr/bin:/bin`, TERM: 'dumb', SHELL: '/bin/sh' },
  });
  const psql = () => onTerminal(`PATH=${tools} ${process.execPath} scripts/psql.mjs`);
  const redisCli = () =>
    onTerminal(
      `${process.execPath} -e '${OWN_REDIS_CLI}' ${path.join(PROJECT, 'scripts/clients/redis-cli/own-redis-cli.mjs')}`,
      { URL: runningRedisUrl(DATA_FOLDER) },
    );

  it('psql prompts for a statement until its semicolon', async () => {
    const { program, env } = psql();
    const { code, stdout } = await typeAtPrompts(program, {
      env,
      prompt: /payonce[-=][*!]?> /g,
      lines: ['SELECT 1', '  AS one;', 'SELECT nothing;', 'BEGIN;', 'SELECT nothing;', 'ROLLBACK;', String.raw`\q`],
    });
    expect(stdout.match(/payonce[-=][*!]?> /g)).toEqual(
      ['=', '-', '=', '=', '=*', '=!', '='].map((mark) => `payonce${mark}> `),
    );
    expect(stdout).toMatch(/ one \r?\n-----\r?\n {3}1\r?\n\(1 row\)/);
    expect(stdout).toContain('ERROR:  column "nothing" does not exist');
    expect(code).toBe(0);
  });

  it('psql ends at the end of standard input, also while a statement runs', async () => {
    const { program, env } = psql();
    const { code, stdout } = await run(program, { env, input: `SELECT pg_sleep(1), 'done' AS sleep;\n` });
    expect(stdout).toContain('| done');
    expect(code).toBe(0);
  });

  it('redis-cli ends at the end of standard input, also while a command waits', async () => {
    const { program, env } = redisCli();
    const { code } = await run(program, { env, input: 'BLPOP no-such-list 1\n' });
    expect(code).toBe(0);
  });

  it('redis-cli prompts for a command, and quotes strings', async () => {
    const { program, env } = redisCli();
    const { stdout } = await typeAtPrompts(program, {
      env,
      prompt: /127\.0\.0\.1:\d+> /g,
      lines: ['PING', 'ECHO hello', 'EXISTS none', 'QUIT'],
    });
    expect(stdout).toMatch(/127\.0\.0\.1:\d+> /);
    expect(stdout).toMatch(/PONG\r?\n[^]*"hello"\r?\n[^]*\(integer\) 0/);
    for (const secret of secrets()) expect(stdout).not.toContain(secret);
  });
});
