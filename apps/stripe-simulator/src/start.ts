import type { AddressInfo } from 'node:net';
import { readConfiguration } from './configuration.js';
import { openServer } from './server.js';
import { Simulator } from './simulator.js';
import { stopInOrder } from './stop-in-order.js';

/** Never rejects: prints what prevents the start and ends the process. */
export async function start(): Promise<void> {
  try {
    const configuration = readConfiguration(process.env);
    const sim = await Simulator.open(configuration);
    const app = openServer(sim);
    await app.listen({ host: configuration.host, port: configuration.port });
    const { port } = app.server.address() as AddressInfo;
    const host = configuration.host.includes(':') ? `[${configuration.host}]` : configuration.host;
    const url = `http://${host}:${port}`;
    await sim.begin(url);
    stopInOrder(async () => {
      await app.close();
      await sim.close();
    });
    // A parent process is informed through the IPC channel.
    if (process.send) process.send({ type: 'listening', url });
    else process.stdout.write(`The Stripe simulator listens on ${url}.\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
