import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PLACE = '/usr/lib/postgresql';

/** The newest whole Postgres of the system (Debian: `apt-get install postgresql-15`), which may be started as root only. */
export function systemPostgres(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync(PLACE)) return undefined;
  const versions = readdirSync(PLACE).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => path.join(PLACE, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'pg_ctl')));
}

/** A primary and its standby by streaming, both on the loopback, gone when the test is done. */
export interface PostgresPair {
  readonly primary: string;
  readonly standby: string;
  /** Ends the primary as a power cut would, and makes the standby the primary. */
  failOver(): Promise<void>;
  /** Runs SQL as the superuser. */
  sql(port: number, sql: string): Promise<void>;
  end(): Promise<void>;
}

/** Durable, as they come: unlike the tests' own server. */
export async function startPostgresPair(bin: string): Promise<PostgresPair> {
  const folder = mkdtempSync(path.join(tmpdir(), 'payonce-pair-'));
  const { uid, gid } = statSync('/var/lib/postgresql');
  chownSync(folder, uid, gid);
  chmodSync(folder, 0o700);
  const [primary, standby] = [path.join(folder, 'primary'), path.join(folder, 'standby')];
  const [primaryPort, standbyPort] = [await freePort(), await freePort()];
  const as = (program: string, words: string[]) =>
    run(path.join(bin, program), words, { uid, gid, cwd: folder, env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } });
  // pg_ctl's own child keeps its streams: a log file, or we would wait for ever.
  const start = (data: string, port: number) =>
    as('pg_ctl', [
      'start',
      '-w',
      '-D',
      data,
      '-l',
      `${data}.log`,
      '-o',
      `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`,
    ]);
  const stop = (data: string) => as('pg_ctl', ['stop', '-m', 'immediate', '-D', data]).catch(() => undefined);

  mkdirSync(primary);
  chownSync(primary, uid, gid);
  await as('initdb', ['-D', primary, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8']);
  await start(primary, primaryPort);
  await as('pg_basebackup', [
    '-D',
    standby,
    '-R',
    '-X',
    'stream',
    '-h',
    '127.0.0.1',
    '-p',
    String(primaryPort),
    '-U',
    'postgres',
  ]);
  await start(standby, standbyPort);
  const urlOf = (port: number) => `postgres://postgres@127.0.0.1:${port}/payonce`;
  return {
    primary: urlOf(primaryPort),
    standby: urlOf(standbyPort),
    async failOver() {
      await stop(primary);
      await as('pg_ctl', ['promote', '-w', '-D', standby]);
    },
    async sql(port, sql) {
      await as('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', sql]);
    },
    async end() {
      await stop(primary);
      await stop(standby);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
