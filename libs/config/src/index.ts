export { Config, parseConfig } from './config.js';
export { ConfigModule } from './config.module.js';
export { ConfigurationFault } from './configuration-fault.js';
