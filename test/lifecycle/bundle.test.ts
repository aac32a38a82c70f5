import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { TEST_SECRET } from '../support/database.js';

const DIST = path.resolve(__dirname, '../../dist');
const BUNDLE = path.join(DIST, 'bundle');

interface Opened {
  /** Undefined without a code cache. */
  rejected?: boolean;
  programs: string[];
}

/** Opens the bundle in a Node process of its own: jest's modules are not Node's. */
async function open(folder: string, flags: string[] = []): Promise<Opened> {
  const code = `import { open } from ${JSON.stringify(pathToFileURL(path.join(folder, 'load.js')).href)};
    const { script, programs } = open(${JSON.stringify(folder)});
    console.log(JSON.stringify({ rejected: script.cachedDataRejected, programs: Object.keys(programs) }));`;
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--input-type=module', '-e', code]);
  return JSON.parse(stdout) as Opened;
}

const PROGRAMS = ['api', 'migrate', 'worker', 'stripe-simulator', 'race-lab'];

describe('the bundled programs', () => {
  it.each([[[]], [['--enable-source-maps']]])('load from the code cache at a start with %p', async (flags) => {
    expect(await open(BUNDLE, flags)).toEqual({ rejected: false, programs: PROGRAMS });
  });

  it('start without a code cache, and with that of another V8 version', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'payonce-bundle-'));
    try {
      cpSync(BUNDLE, folder, { recursive: true });
      writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
      const codeCache = path.join(folder, 'programs.code-cache');
      // The second word is V8's version (https://github.com/v8/v8/blob/main/src/snapshot/code-serializer.h).
      const ofAnotherV8 = readFileSync(codeCache);
      ofAnotherV8.writeUInt32LE(ofAnotherV8.readUInt32LE(4) ^ 1, 4);
      writeFileSync(codeCache, ofAnotherV8);
      expect(await open(folder)).toEqual({ rejected: true, programs: PROGRAMS });
      rmSync(codeCache);
      expect(await open(folder)).toEqual({ programs: PROGRAMS });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('have a source map to the TypeScript sources', () => {
    const { sources } = JSON.parse(readFileSync(path.join(BUNDLE, 'programs.cjs.map'), 'utf8')) as {
      sources: string[];
    };
    const own = sources.map((source) => path.resolve(BUNDLE, source)).filter((file) => !file.includes('node_modules'));
    expect(own).toContain(path.resolve(DIST, '../libs/payments/src/payments/start-payment.ts'));
    expect(own.filter((file) => !file.endsWith('.ts') || !existsSync(file))).toEqual([]);
  });

  it('name source lines in stack traces, not lines of the bundle', async () => {
    // Not Postgres: it closes every connection, a failure that no message explains, so that the stack trace is printed. It
    // reads first: closing with data unread resets the connection, which is an error without a stack.
    const server = createServer((socket) => socket.once('data', () => socket.end())).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const failed = (await promisify(execFile)(
        process.execPath,
        ['--enable-source-maps', path.join(DIST, 'apps/api/src/migrate.js')],
        { env: { DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none`, JWT_SECRET: TEST_SECRET } },
      ).catch((error: unknown) => error)) as { code: number; stderr: string };
      expect(failed.code).toBe(1);
      expect(failed.stderr).toMatch(/pg\/lib\/client\.js:\d+:\d+/);
      expect(failed.stderr).not.toContain('programs.');
    } finally {
      server.close();
    }
  });
});
