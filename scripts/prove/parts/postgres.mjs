import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../stack/free-port.mjs';
import { startPostgres } from '../../stack/postgres-server.mjs';
import { Fault } from '../../say.mjs';
import { Part } from './part.mjs';

const MAX_WAIT_MS = 60_000;
const RETRY_MS = 200;

/** What a base backup leaves out (https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP-DATA). */
const NOT_COPIED = [
  'postmaster.pid',
  'postmaster.opts',
  'pg_wal',
  'pg_replslot',
  'pg_stat_tmp',
  'pg_dynshmem',
  'pg_notify',
];

/**
 * The server that takes writes and, with `addStandby`, a second one that has each commit before it is answered.
 */
export class Postgres {
  /** @type {Part} */
  primary;
  /** @type {Part | undefined} */
  standby;
  /** @type {Map<Part, { cluster: string, port: number }>} */
  #servers = new Map();
  #made = 0;
  #how;

  /**
   * @param {{ places: import('../../stack/postgres-places.mjs').PostgresPlaces, cluster: string, port: number, password: string, logs: string, began: (part: Part) => void }} how
   *   `password`: of the superuser; `began`: called with each server's part before it starts
   */
  constructor(how) {
    this.#how = how;
    this.primary = this.#server(how.cluster, how.port);
  }

  get port() {
    return this.#of(this.primary).port;
  }

  /** To the primary, as superuser in the service's database. */
  async connect() {
    return this.#connect(this.primary);
  }

  /**
   * Makes a copy of the primary that follows it by streaming replication, and has the primary wait for it at each commit
   * (https://www.postgresql.org/docs/18/warm-standby.html#SYNCHRONOUS-REPLICATION).
   */
  async addStandby() {
    const { cluster, port } = this.#of(this.primary);
    const copy = `${this.#how.cluster}-${(this.#made += 1)}`;
    const database = await this.connect();
    try {
      await database.query("ALTER SYSTEM SET wal_keep_size = '1GB'");
      await database.query('SELECT pg_reload_conf()');
      await database.query("SELECT pg_backup_start('standby', true)");
      copyFolder(cluster, copy, NOT_COPIED);
      for (const name of NOT_COPIED.filter((kept) => kept.startsWith('pg_')))
        mkdirSync(join(copy, name), { mode: 0o700 });
      const { rows } = await database.query('SELECT labelfile FROM pg_backup_stop(false)');
      writeFileSync(join(copy, 'backup_label'), rows[0].labelfile, { mode: 0o600 });
      writeFileSync(join(copy, 'standby.signal'), '', { mode: 0o600 });
      appendFileSync(
        join(copy, 'postgresql.auto.conf'),
        `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=${this.#how.password} application_name=standby'\n`,
      );
      this.#own(copy);
      this.standby = this.#server(copy, await freePort());
      await this.standby.start();
      await database.query("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
      await database.query('SELECT pg_reload_conf()');
      await until(async () => {
        const { rowCount } = await database.query("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'");
        return rowCount === 1;
      }, 'The standby does not follow the primary');
    } finally {
      await database.end();
    }
  }

  /**
   * Makes the standby the primary, which waits for none: it was copied before `synchronous_standby_names` was set. The old
   * one has been killed, and is not started again.
   */
  async promote() {
    const next = this.standby;
    if (!next) throw new Fault('There is no standby to promote.');
    this.standby = undefined;
    const database = await this.#connect(next);
    try {
      await database.query('SELECT pg_promote()');
    } finally {
      await database.end();
    }
    this.primary = next;
  }

  /**
   * @param {string} cluster
   * @param {number} port
   */
  #server(cluster, port) {
    const { places, logs, began } = this.#how;
    const name = this.#made === 0 ? 'postgres' : `postgres-${this.#made}`;
    const part = new Part(name, async (spawned) => {
      const deadline = performance.now() + MAX_WAIT_MS;
      for (;;) {
        try {
          return await startPostgres(places, {
            cluster,
            port,
            durable: true,
            logPath: join(logs, `${name}.log`),
            spawned,
          });
        } catch (error) {
          // The processes of a server that was killed need a moment to end.
          if (performance.now() > deadline) throw error;
          await pause(RETRY_MS);
        }
      }
    });
    this.#servers.set(part, { cluster, port });
    began(part);
    return part;
  }

  /** @param {Part} part */
  #of(part) {
    return /** @type {{ cluster: string, port: number }} */ (this.#servers.get(part));
  }

  /** @param {Part} part */
  async #connect(part) {
    const client = new pg.Client({
      connectionString: `postgres://postgres:${this.#how.password}@127.0.0.1:${this.#of(part).port}/payonce`,
      types: {
        getTypeParser: (type, format) =>
          type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format),
      },
    });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  /** @param {string} folder to the user that Postgres runs as */
  #own(folder) {
    const { user } = this.#how.places;
    if (!user) return;
    chownSync(folder, user.uid, user.gid);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) this.#own(path);
      else chownSync(path, user.uid, user.gid);
    }
  }
}

/**
 * Files that vanish meanwhile are left out: the log that is replayed has what they had.
 * @param {string} from
 * @param {string} to
 * @param {readonly string[]} without
 */
function copyFolder(from, to, without = []) {
  mkdirSync(to);
  chmodSync(to, 0o700);
  for (const name of readdirSync(from)) {
    if (without.includes(name)) continue;
    const [source, target] = [join(from, name), join(to, name)];
    try {
      if (lstatSync(source).isDirectory()) copyFolder(source, target);
      else copyFileSync(source, target);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    }
  }
}

/**
 * @param {() => Promise<boolean>} holds
 * @param {string} otherwise
 */
async function until(holds, otherwise) {
  const deadline = performance.now() + MAX_WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Fault(`${otherwise}.`);
    await pause(50);
  }
}
