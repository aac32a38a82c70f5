export { explainBootFailure } from './explain-boot-failure.js';
export { stopWithParent } from './stop-with-parent.js';
