import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../../../scripts/conformance/program.mjs';

/** Both adapters of this folder: the same shop, differently guarded. */

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {{ name: string, server: string, env: NodeJS.ProcessEnv }} api server: its file; env: with DATABASE_URL
 * @returns {Promise<import('../../../scripts/conformance/adapter.mjs').Adapter & { close(): Promise<void> }>}
 */
export async function startShop({ name, server, env }) {
  const program = await startProgram(['--input-type=module', '--eval', await compile(server)], { cwd: folder, env });
  const { url } = program;
  const users = [{ authorization: 'Bearer alice' }, { authorization: 'Bearer bob' }];
  const unique = `${Date.now().toString(36)}-${process.pid}`;
  let products = 0;
  return {
    name,
    url,
    users,
    async intent(user) {
      const product = `${unique}-${(products += 1)}`;
      return {
        path: '/orders',
        body: { product, quantity: 1 },
        otherBody: { product, quantity: 2 },
        invalidBody: { product, quantity: 0 },
        async count() {
          const orders = await fetch(`${url}/orders?product=${product}`, { headers: users[user] ?? {} });
          return /** @type {unknown[]} */ (await orders.json()).length;
        },
      };
    },
    restart: program.restart,
    close: program.kill,
  };
}

/** @param {string} file */
async function compile(file) {
  const { outputFiles } = await build({
    entryPoints: [folder + file],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  return outputFiles[0]?.text ?? '';
}
