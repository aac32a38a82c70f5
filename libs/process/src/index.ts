export { built } from './built.js';
export { explainBootFailure } from './explain-boot-failure.js';
export { stopInOrder } from './stop-in-order.js';
