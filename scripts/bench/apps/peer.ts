import { IdempotencyInterceptor } from '../../../docs/examples/conformance/node-idempotency-interceptor.js';
import { servePayments } from './payments-app.js';

/** The same application with @node-idempotency and its Redis storage on the route. */
await servePayments([new IdempotencyInterceptor()]);
