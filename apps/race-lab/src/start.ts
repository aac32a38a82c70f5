import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { explainBootFailure, stopInOrder } from '#process';
import { type Laboratory, readLaboratory } from './configuration.js';
import { openServer } from './server.js';
import { areOfAnAttack } from './stage/faults.js';
import { UnguardedSchema } from './unguarded/schema.js';

/** Only this machine's API may start attacks. */
const HOST = '127.0.0.1';

/** Never rejects: prints what prevents the start and ends the process. */
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

/** If the previous lab was killed during an attack, its faults, held requests and schema remain. */
async function cleanUp({ simulator, databaseUrl }: Laboratory): Promise<void> {
  await UnguardedSchema.remove(databaseUrl);
  const { faults } = await simulator.faults();
  if (areOfAnAttack(faults)) await simulator.setFaults({});
}
