import process from 'node:process';

/**
 * Before `npm start` and `npm test`: what a fresh checkout lacks (packages, Postgres' links, the build) is made; done
 * already, it costs a tenth of a second. Everything else is imported after the check, since an old Node might not
 * even be able to read it.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Payonce needs Node 20.19 or later, and this is ${process.versions.node}. Get it from https://nodejs.org or with your version manager.`,
  );
  process.exit(1);
}

const { prepare } = await import('./prepare/prepare.mjs');
// The unit tests read the sources: a change of these need not be built first.
await prepare({ builds: !process.argv.includes('--without-build') });
