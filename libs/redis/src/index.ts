export { RedisModule } from './redis.module.js';
export { RedisNodes } from './redis-nodes.js';
