import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformFileSync } from '@swc/core';

const PROJECT = path.resolve(__dirname, '../../..');
const BUILT = path.join(PROJECT, 'dist/test/providers/wallet');

/** Compiles this folder beside the build, as a program of one's own that starts Payonce would be. @returns its programs */
export function buildWallet(): { api: string; worker: string } {
  mkdirSync(BUILT, { recursive: true });
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.ts') && name !== 'build-wallet.ts')) {
    const { code } = transformFileSync(path.join(__dirname, file), { configFile: path.join(PROJECT, '.swcrc') });
    writeFileSync(path.join(BUILT, file.replace(/\.ts$/, '.js')), code);
  }
  return { api: path.join(BUILT, 'api.js'), worker: path.join(BUILT, 'worker.js') };
}
