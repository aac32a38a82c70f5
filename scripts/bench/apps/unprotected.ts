import { servePayments } from './payments-app.js';

/** No key, no lock: a second request makes a second payment. */
await servePayments();
