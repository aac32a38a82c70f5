import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../say.mjs';
import { isFreePort, requireFreePort } from '../stack/free-port.mjs';
import { keptText, newSecret } from '../stack/secrets.mjs';
import { keepProgram } from './programs.mjs';

/** Only this machine may reach it, because every client can report that money has arrived. */
const HOST = '127.0.0.1';

/** Any test key is accepted; this one names the simulator wherever it appears. */
const KEY = 'sk_test_simulator';

const WEBHOOK_PATH = '/api/v1/webhooks/stripe';

/** @param {string} dataFolder */
const portFile = (dataFolder) => join(dataFolder, 'simulator-port');

/**
 * The port: the chosen one, otherwise the previous one, which URLs of open sessions contain, otherwise the default if
 * it is free.
 * @param {{ port: number, chosen: boolean }} wanted
 * @param {string} dataFolder
 * @param {(message: string) => void} say
 * @returns {Promise<number>} 0: any free one.
 * @throws {Fault} when the one that was asked for is taken.
 */
export async function choosePort({ port, chosen }, dataFolder, say) {
  if (chosen) {
    await requireFreePort({ port, host: HOST }, 'SIMULATOR_PORT');
    return port;
  }
  const file = portFile(dataFolder);
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (before > 0 && (await isFreePort(before, HOST))) return before;
  if (!(await isFreePort(port, HOST))) {
    say(`Port ${port} is in use; the Stripe simulator uses a free port. To choose one: SIMULATOR_PORT=12112 npm start`);
    return 0;
  }
  return port;
}

/**
 * The Stripe simulator, with its data in the data folder.
 * @param {NodeJS.ProcessEnv} env
 * @param {object} how
 * @param {number} how.port
 * @param {string} how.dataFolder
 * @param {() => string} how.apiUrl where the API listens; empty while nobody knows.
 * @param {(pid: number | undefined) => void} how.onSpawn
 * @param {(how: string) => void} how.onDeath
 * @param {(how: string) => void} how.onGiveUp
 */
export function keepSimulator(env, { port, dataFolder, apiUrl, onSpawn, onDeath, onGiveUp }) {
  const secret =
    env['STRIPE_WEBHOOK_SECRET'] || keptText(join(dataFolder, 'stripe-webhook-secret'), () => `whsec_${newSecret()}`);
  let url = '';
  const program = keepProgram('simulator', {
    env: () => ({
      PATH: env['PATH'],
      STRIPE_WEBHOOK_SECRET: secret,
      SIMULATOR_HOST: HOST,
      // After a restart it must keep its address.
      SIMULATOR_PORT: url ? new URL(url).port : String(port),
      SIMULATOR_DATA_DIR: join(dataFolder, 'simulator'),
      SIMULATOR_WEBHOOK_URLS: apiUrl() && `${apiUrl()}${WEBHOOK_PATH}`,
    }),
    onSpawn,
    onReady: (address) => {
      url = address;
      writeFileSync(portFile(dataFolder), new URL(address).port);
    },
    onDeath,
    onGiveUp,
  });
  return {
    start: () => program.start(),
    stop: program.stop,
    url: () => url,
    /** The variables with which the API and the worker use it as Stripe. */
    env: () => ({ STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: secret, STRIPE_API_URL: url }),
    /**
     * Sets its webhook endpoint, once the API has an address.
     * @param {string} address
     */
    async deliverTo(address) {
      // It does not answer while it is being restarted, and then reads the address from its environment.
      const answer = await fetch(`${url}/_sim/endpoints`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ urls: [`${address}${WEBHOOK_PATH}`] }),
      }).catch(() => undefined);
      if (answer && !answer.ok) {
        throw new Fault(`The Stripe simulator refuses the API's webhook URL (${answer.status}).`);
      }
    },
  };
}
