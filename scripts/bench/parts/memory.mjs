import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { memoryMbOf } from '../cpu.mjs';
import { runSlice } from '../load.mjs';
import { spreadOf } from '../statistics.mjs';

const LOAD_CLIENTS = 32;
const LOAD_SLICES = 10;

/** For the process to settle: sockets close, timers of the start run. */
const SETTLE_MS = 2_000;

const IDLE_CONNECTIONS = 10_000;
const OPENED_AT_ONCE = 250;

/** Both ends are processes of the same limits; a process needs some descriptors besides. */
const OTHER_DESCRIPTORS = 500;

const MAX_MB_AFTER_LOAD = 150;

/** Resident memory of one API process. */
export const memory = {
  name: 'memory',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, budget }) {
    const service = await services.payonceOn('memory', { name: 'Payonce, fresh' });
    const { program } = service;
    const measured = async () => {
      await pause(SETTLE_MS);
      return spreadOf([memoryMbOf(program.pid)]);
    };
    const figure = (/** @type {string} */ what, /** @type {import('../statistics.mjs').Spread} */ value) => ({
      what: `memory ${what}`,
      program: 'Payonce',
      value,
      unit: 'MB',
    });
    const values = [figure('at rest', await measured())];
    await load(service, budget);
    const afterLoad = await measured();
    values.push(figure('after load', afterLoad));
    const notRun = [];
    if (descriptorLimit() < IDLE_CONNECTIONS + OTHER_DESCRIPTORS)
      notRun.push(`memory with ${IDLE_CONNECTIONS} idle connections: raise the limit of open files (ulimit -n)`);
    else {
      const sockets = await openIdle(program.url);
      values.push(figure('with 10,000 idle connections', await measured()));
      for (const socket of sockets) socket.destroy();
    }
    await program.end('SIGKILL');
    return {
      loads: [],
      values,
      ratios: [{ name: 'memory after load', value: afterLoad, unit: 'MB', atMost: MAX_MB_AFTER_LOAD }],
      notRun,
    };
  },
};

/**
 * @param {import('../services.mjs').Service} service
 * @param {import('../parts.mjs').Budget} budget
 */
async function load(service, { sliceMs }) {
  const client = service.client(LOAD_CLIENTS);
  const { prepare, next } = service.creates('bank_transfer');
  for (let slice = 0; slice < LOAD_SLICES; slice++) {
    await prepare?.({ clients: LOAD_CLIENTS, ms: sliceMs });
    await runSlice(client, { clients: LOAD_CLIENTS, ms: sliceMs, next, expect: 201, pids: service.pids });
  }
  await client.close();
}

/**
 * Keep-alive connections that have had one answer each: an unused one would be closed after the time for a request to arrive.
 * @param {string} url
 */
async function openIdle(url) {
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  while (sockets.length < IDLE_CONNECTIONS)
    sockets.push(...(await Promise.all(Array.from({ length: OPENED_AT_ONCE }, () => answeredSocket(url)))));
  return sockets;
}

/**
 * @param {string} url
 * @returns {Promise<import('node:net').Socket>}
 */
function answeredSocket(url) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', reject);
    socket.once('data', () => resolve(socket));
    socket.write(`GET /api/v1/health/live HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  });
}

/** The soft limit of this process, which its children inherit. */
function descriptorLimit() {
  return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 0);
}
