export { LoggingModule, loggerOptions } from './logging.module.js';
