import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

/** What a failed test started and did not stop. */
const alive = new Set<ChildProcess>();
afterAll(() => {
  for (const child of alive) child.kill('SIGKILL');
});

/** A Redis for one test, which may stop, kill and restart it. */
export interface TestRedis {
  readonly url: string;
  readonly child: () => ChildProcess;
  start(): Promise<void>;
  kill(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const program = process.env.TEST_REDIS_SERVER;
  if (!program) throw new Error('TEST_REDIS_SERVER is not set: run the tests with `npm test`, which finds a Redis.');
  const port = await freePort();
  let child: ChildProcess | undefined;
  const running = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    child: () => child!,
    async start() {
      if (running()) return;
      const started = spawn(
        program,
        ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
        {
          // The mark by which `npm test` finds what a killed test has left running: Redis writes over its environment.
          cwd: process.env.TEST_FOLDER,
          env: { LD_LIBRARY_PATH: process.env.TEST_REDIS_LD_LIBRARY_PATH ?? '' },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      child = started;
      alive.add(started);
      started.once('exit', () => alive.delete(started));
      const ready = new Promise<void>((resolve, reject) => {
        started.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
        let said = '';
        started.stdout.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes('Ready to accept connections')) resolve();
        });
      });
      await ready;
    },
    async kill() {
      if (!running()) return;
      const gone = once(child!, 'exit');
      child!.kill('SIGKILL');
      await gone;
    },
  };
  await redis.start();
  return redis;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
