import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * A process of the storm, which can be killed, paused and started again under its name.
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 */
export class Part {
  /** @type {ChildProcess | undefined} */
  #child;
  #launch;
  isPaused = false;

  /**
   * @param {string} name
   * @param {(spawned: (child: ChildProcess) => ChildProcess) => Promise<void>} launch starts it, and is done when it is ready
   */
  constructor(name, launch) {
    this.name = name;
    this.#launch = launch;
  }

  /** What it runs now, without its children. */
  get pid() {
    return this.#child?.pid;
  }

  async start() {
    await this.#launch((child) => (this.#child = child));
    return this;
  }

  /**
   * Ends it with a signal, and waits for its end.
   * @param {NodeJS.Signals} signal
   */
  async end(signal) {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    if (this.isPaused) this.resume();
    child.kill(signal);
    await ended;
  }

  /** Freezes it with all its children. */
  pause() {
    this.isPaused = true;
    for (const pid of this.#all()) signal(pid, 'SIGSTOP');
  }

  resume() {
    for (const pid of this.#all()) signal(pid, 'SIGCONT');
    this.isPaused = false;
  }

  /** The process and its children (a Postgres server has one for each connection). */
  #all() {
    const pid = this.#child?.pid;
    return pid === undefined ? [] : [pid, ...childrenOf(pid)];
  }
}

/** @param {number} parent */
export function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    // The name in parentheses may have blanks: the fields after it are counted (proc_pid_stat(5)).
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\) )/);
    return Number(fields.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}
