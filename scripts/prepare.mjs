import process from 'node:process';

/**
 * Runs before `npm start` and `npm test` and creates what is missing: packages, Postgres' symbolic links, the build.
 * If all exists, it takes a tenth of a second. Other modules are imported after the version check, because an old Node
 * might fail to parse them.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Payonce needs Node 20.19 or later, and this is ${process.versions.node}. Get it from https://nodejs.org or with your version manager.`,
  );
  process.exit(1);
}

const { prepare } = await import('./prepare/prepare.mjs');
// The unit tests read the sources, which need not be built.
await prepare({ builds: !process.argv.includes('--without-build') });
