export { createPaymentClient } from './client.js';
export type { Call, PaymentClient, PaymentClientOptions, RefundCall } from './client.js';
export { CallAbortedError, PaymentClientError, UnclearOutcomeError } from './errors.js';
export type { Progress } from './send-with-retries.js';
export type { Channel, Clock, KeyValueArea, Locks, Network, Platform } from './platform.js';
export type * from './wire.js';
