import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { explainBootFailure, stopInOrder } from '#process';
import { type Laboratory, readLaboratory } from './configuration.js';
import { openServer } from './server.js';
import { areOfAnAttack } from './stage/faults.js';

/** Attacks are started here: nobody but this machine's own API reaches it. */
const HOST = '127.0.0.1';

/** Never rejects: what keeps it from starting is told, and ends the process. */
export async function start(): Promise<void> {
  try {
    const lab = readLaboratory(process.env);
    await cleanUp(lab).catch(() => undefined);
    const app = openServer(lab);
    await app.listen({ host: HOST, port: Number(process.env.RACE_LAB_PORT || '0') });
    stopInOrder(() => app.close());
    const { port } = app.server.address() as AddressInfo;
    process.send?.({ type: 'listening', url: `http://${HOST}:${port}` });
  } catch (error) {
    explainBootFailure(error);
  }
}

/** Killed in the middle of an attack, the lab before us has left its faults behind, and people at its barrier. */
async function cleanUp({ simulator }: Laboratory): Promise<void> {
  const { faults } = await simulator.faults();
  if (areOfAnAttack(faults)) await simulator.setFaults({});
}
