import { judgeDurability } from './durability.js';

const SAFE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', source: 'default', standbys: '' };

describe('durability', () => {
  it.each([
    ['a server as it comes', SAFE],
    ['with a synchronous standby', { ...SAFE, standbys: 'ANY 1 (a, b)' }],
    ['that also waits until the standby shows it', { ...SAFE, synchronous_commit: 'remote_apply', standbys: 'a' }],
    ['alone, where local is all there is', { ...SAFE, synchronous_commit: 'local' }],
    ['alone, where there is nothing remote to write', { ...SAFE, synchronous_commit: 'remote_write', standbys: ' ' }],
  ])('is enough: %s', (_, settings) => {
    expect(judgeDurability(settings)).toMatchObject({
      status: 'ok',
      message: 'Payonce answers after the commit is on disk.',
    });
  });

  it.each([
    [{ fsync: 'off' }, 'fsync is off: a crash of the machine can lose or damage everything. Set fsync = on.'],
    [
      { full_page_writes: 'off' },
      'full_page_writes is off: a crash of the machine can damage pages. Set full_page_writes = on.',
    ],
    [
      { synchronous_commit: 'off' },
      'synchronous_commit is off: a crash loses payments that were already answered. Set synchronous_commit = on.',
    ],
    [
      { synchronous_commit: 'off', source: 'database user' },
      'synchronous_commit is off, set on this role in this database: a crash loses payments that were already answered. Set synchronous_commit = on.',
    ],
    [
      { synchronous_commit: 'local', standbys: 'FIRST 1 (a)', source: 'user' },
      'synchronous_commit is local, set on this role: a failover can lose payments that were already answered. Set synchronous_commit = on.',
    ],
    [
      { synchronous_commit: 'remote_write', standbys: '*' },
      'synchronous_commit is remote_write: a failover can lose payments that were already answered. Set synchronous_commit = on.',
    ],
  ])('is not: %j', (weak, message) => {
    expect(judgeDurability({ ...SAFE, ...weak })).toMatchObject({ status: 'warning', message });
  });

  it('says all that is wrong at once', () => {
    const { message } = judgeDurability({ ...SAFE, fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' });
    expect(message.match(/Set \w+ = on\./g)).toHaveLength(3);
  });
});
