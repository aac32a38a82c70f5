import { OneWayClient } from './open-data-source.js';

/** A client whose server announced one process id, and runs as another: what is between them may change that. */
function connected(ids: { announced: number; actual: number }): OneWayClient {
  const client = new OneWayClient();
  return Object.assign(client, { processID: ids.announced, query: async () => ({ rows: [{ pid: ids.actual }] }) });
}

describe('whether a connection prepares statements', () => {
  it('on a direct connection', async () => {
    const client = connected({ announced: 4711, actual: 4711 });
    expect(client.prepares).toBe(false);
    await client.preparesUnlessPooled();
    expect(client.prepares).toBe(true);
  });

  it('not behind a pooler, which may run the next transaction on another connection', async () => {
    const client = connected({ announced: 12, actual: 4711 });
    await client.preparesUnlessPooled();
    expect(client.prepares).toBe(false);
  });
});
