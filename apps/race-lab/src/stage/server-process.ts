import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { LabFailure } from '../lab-failure.js';

/** Booting takes a second; a busy two-core machine may need many times that. */
const MAX_BOOT_MS = 30_000;
/** Everything has ended by then; what still runs is killed. */
const MAX_STOP_MS = 3_000;

/** A line of the server's log. */
export interface LogLine {
  readonly message?: string;
  readonly request_id?: string;
  readonly lock_key?: string;
  readonly payment_id?: number;
  readonly waited_ms?: number;
}

export interface Start {
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: LogLine) => void;
  readonly signal: AbortSignal;
}

/** A server of the lab, a process of its own, so that it can be disconnected or killed. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** Ends with the lab: its IPC channel closes even if the lab is killed. */
  static async start({ script, env, onLine, signal }: Start): Promise<ServerProcess> {
    signal.throwIfAborted();
    const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    createInterface({ input: child.stdout! }).on('line', (line) => onLine(parsed(line)));
    const late = new AbortController();
    try {
      const url = await Promise.race([
        once(child, 'message', { signal: late.signal }).then(([message]) => (message as { url: string }).url),
        once(child, 'exit', { signal: late.signal }).then(() => {
          throw new LabFailure('unexpected', 'A server of the lab could not start.');
        }),
        pause(MAX_BOOT_MS, undefined, { signal: AbortSignal.any([signal, late.signal]) }).then(() => {
          throw new LabFailure('timed_out', 'A server of the lab took too long to start.');
        }),
      ]);
      return new ServerProcess(url, child);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      late.abort();
    }
  }

  /** Like a crash or a lost machine: no signal handler runs. */
  async kill(): Promise<void> {
    if (!this.lives()) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    if (!this.lives()) return;
    const ended = once(this.child, 'exit');
    const haste = setTimeout(() => this.child.kill('SIGKILL'), MAX_STOP_MS);
    this.child.kill('SIGTERM');
    await ended;
    clearTimeout(haste);
  }

  /** The value of one of its metrics. */
  async metric(name: string): Promise<number> {
    const answer = await fetch(`${this.url}/metrics`, { signal: AbortSignal.timeout(MAX_STOP_MS) });
    const line = (await answer.text()).split('\n').find((text) => text.startsWith(`${name} `));
    return Number(line?.split(' ')[1] ?? Number.NaN);
  }

  private lives(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
