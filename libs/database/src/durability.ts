/** The settings that decide whether an acknowledged commit survives a power cut or a failover. */
export interface Durability {
  readonly status: 'ok' | 'warning';
  readonly message: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  /** Where `synchronous_commit` was set, in the terms of `pg_settings.source`. */
  readonly synchronous_commit_source: string;
  readonly synchronous_standbys: boolean;
}

interface Settings {
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  source: string;
  standbys: string;
}

/** As they are in the querying session. */
const DURABILITY_SETTINGS = `
  SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
         setting AS synchronous_commit, source, current_setting('synchronous_standby_names') AS standbys
  FROM pg_settings WHERE name = 'synchronous_commit'`;

/** Where a session's setting comes from if not from the server (`pg_settings.source`), in an administrator's words. */
const PLACES: Readonly<Record<string, string>> = {
  database: 'this database',
  user: 'this role',
  'database user': 'this role in this database',
};

/** Waits for the local disk, but not for a synchronous standby's. */
const WEAK_WITH_STANDBYS = new Set(['local', 'remote_write']);

/** https://www.postgresql.org/docs/18/runtime-config-wal.html */
export function judgeDurability(settings: Settings): Durability {
  const { fsync, full_page_writes, synchronous_commit, source } = settings;
  const synchronous_standbys = settings.standbys.trim() !== '';
  const where = source in PLACES ? `, set on ${PLACES[source]}` : '';
  const faults = [
    fsync === 'off' && 'fsync is off: a crash of the machine can lose or damage everything. Set fsync = on.',
    full_page_writes === 'off' &&
      'full_page_writes is off: a crash of the machine can damage pages. Set full_page_writes = on.',
    synchronous_commit === 'off' &&
      `synchronous_commit is off${where}: a crash loses payments that were already answered. Set synchronous_commit = on.`,
    synchronous_standbys &&
      WEAK_WITH_STANDBYS.has(synchronous_commit) &&
      `synchronous_commit is ${synchronous_commit}${where}: a failover can lose payments that were already answered. Set synchronous_commit = on.`,
  ].filter((fault) => fault !== false);
  return {
    status: faults.length > 0 ? 'warning' : 'ok',
    message: faults.join(' ') || 'Payonce answers after the commit is on disk.',
    fsync,
    full_page_writes,
    synchronous_commit,
    synchronous_commit_source: source,
    synchronous_standbys,
  };
}

/** @param query reads one row over a connection that the caller chooses */
export async function readDurability(query: (sql: string) => Promise<unknown[]>): Promise<Durability> {
  const [settings] = (await query(DURABILITY_SETTINGS)) as Settings[];
  return judgeDurability(settings!);
}
