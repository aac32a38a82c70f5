import { createServer } from 'node:net';
import { codeOf, Fault } from '../say.mjs';

/**
 * A currently free port. Another process may take it before it is used, so the caller must be ready to retry.
 * @returns {Promise<number>}
 */
export async function freePort() {
  return listenBriefly({ port: 0, host: '127.0.0.1' });
}

/**
 * @param {number} port
 * @param {string} host
 */
export async function isFreePort(port, host) {
  return listenBriefly({ port, host }).then(
    () => true,
    () => false,
  );
}

/**
 * @param {{ port: number, host: string }} address
 * @param {string} [name] the variable that chooses it.
 * @throws {Fault} with what to do about it.
 */
export async function requireFreePort({ port, host }, name = 'PORT') {
  try {
    await listenBriefly({ port, host });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE') {
      const other = await freePortAfter(port, host);
      throw new Fault(
        `Port ${port} is in use. Stop the program that uses it, or choose another: ${name}=${other} npm start`,
      );
    }
    if (code === 'EACCES')
      throw new Fault(
        `This user may not listen on port ${port}. Choose one above 1023: ${name}=${name === 'PORT' ? 3000 : 12111} npm start`,
      );
    throw new Fault(
      `HOST=${host} is not an address of this machine (${code}). Leave HOST out, or use 0.0.0.0 for all of its addresses.`,
    );
  }
}

/**
 * The next free port of ten, which is easy to remember (3001); otherwise any.
 * @param {number} taken
 * @param {string} host
 */
async function freePortAfter(taken, host) {
  for (let port = taken + 1; port <= Math.min(taken + 10, 65_535); port++) {
    try {
      return await listenBriefly({ port, host });
    } catch {
      // In use too, or not allowed for this user.
    }
  }
  return listenBriefly({ port: 0, host });
}

/**
 * @param {{ port: number, host: string }} address
 * @returns {Promise<number>}
 */
function listenBriefly({ port, host }) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
