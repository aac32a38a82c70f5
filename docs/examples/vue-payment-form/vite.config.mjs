import process from 'node:process';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const client = fileURLToPath(new URL('../../../libs/payment-client/src', import.meta.url));
/** A running `npm start`. */
const payonce = process.env['PAYONCE_API'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [vue()],
  resolve: {
    // In your project it is installed; here it is built from its source.
    alias: [
      { find: /^@payonce\/payment-client$/, replacement: `${client}/index.ts` },
      { find: /^@payonce\/payment-client\/([\w-]+)$/, replacement: `${client}/$1.ts` },
    ],
  },
  build: { modulePreload: { polyfill: false } },
  server: { proxy: { '/api': payonce, '^/pay(?![^/?])': payonce, '/assets': payonce, '/app-config.json': payonce } },
});
