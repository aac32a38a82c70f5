export { Config, listSettings, parseConfig, type Setting } from './config.js';
export { ConfigModule } from './config.module.js';
export { ConfigurationFault } from './configuration-fault.js';
export { listRules } from './rules.js';
export { LOCK_BACKENDS, type LockBackendName } from './variables/locks-and-keys.js';
