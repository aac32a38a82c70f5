export { AppError, type ErrorDetails, type ErrorKind, type Reason } from './app-error.js';
export * from './dependency-errors.js';
export * from './payment-errors.js';
export * from './refund-errors.js';
export * from './request-errors.js';
export * from './transfer-errors.js';
