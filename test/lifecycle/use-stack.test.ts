import pg from 'pg';
import { childrenOf } from '../lab/support/lab-stack.js';
import { startStack, useStack } from '../support/use-stack.js';

async function databases(): Promise<string[]> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<{ datname: string }>('SELECT datname FROM pg_database')).rows.map((row) => row.datname);
  } finally {
    await client.end();
  }
}

describe('useStack', () => {
  it('stops what it has started when a later start fails', async () => {
    const [running, made] = [childrenOf(process.pid), new Set<string>()];
    const failing = startStack({
      apis: 2,
      simulator: true,
      redis: true,
      settings: { LOG_LEVEL: 'loud' },
      beforeStart: async ({ url }) => made.add(new URL(url).pathname.slice(1)),
    });
    await expect(failing).rejects.toThrow('LOG_LEVEL must be');
    expect(childrenOf(process.pid)).toEqual(running);
    expect(made.size).toBe(1);
    expect((await databases()).filter((name) => made.has(name))).toEqual([]);
  });

  it('stops in reverse order, a test’s own additions first, and the rest even if one stop fails', async () => {
    const running = childrenOf(process.pid);
    const stack = await startStack({ simulator: true });
    const answers: number[] = [];
    stack.atEnd(async () => {
      answers.push((await fetch(`${stack.api.url}/api/v1/health`)).status);
      throw new Error('fails to end');
    });
    await expect(stack.stop()).rejects.toThrow('fails to end');
    expect(answers).toEqual([200]);
    expect(childrenOf(process.pid)).toEqual(running);
  });

  const stack = useStack({ apis: 0 });

  it('names the missing option when a member was not requested', () => {
    expect(() => stack.api).toThrow('useStack({ apis: 1 })');
    expect(() => stack.simulator).toThrow('useStack({ simulator: true })');
    expect(() => stack.worker).toThrow('useStack({ worker: true })');
  });
});
