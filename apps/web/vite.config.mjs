import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** @param {string} path within the project */
const inProject = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The API's URL for `npx vite apps/web`, the development server with hot reload. */
const api = process.env['PAYONCE_API'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: inProject('apps/web'),
  plugins: [vue(), pack()],
  resolve: {
    // Imports the source, so that the pages can be built without the server.
    alias: [
      { find: /^#payment-client$/, replacement: inProject('libs/payment-client/src/index.ts') },
      { find: /^#payment-client\/([\w-]+)$/, replacement: inProject('libs/payment-client/src/$1.ts') },
    ],
  },
  build: {
    outDir: inProject('dist/apps/web'),
    emptyOutDir: true,
    // Hashed files are in one folder, which is cached without limit. Nothing is inlined into the page, because its
    // Content-Security-Policy allows no inline script or style.
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': api, '/lab-api': api, '/app-config.json': api } },
});

/** Compresses text files once at build time. Fonts are already compressed. */
function pack() {
  const outDir = inProject('dist/apps/web');
  return {
    name: 'payonce-pack',
    apply: /** @type {const} */ ('build'),
    closeBundle() {
      for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
        if (!/\.(html|js|css|svg)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const content = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(content));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
