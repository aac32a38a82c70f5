import { Global, Module } from '@nestjs/common';
import { RedisNodes } from './redis-nodes.js';

/** Global, since the whole process shares its connections to Redis, like its configuration. */
@Global()
@Module({ providers: [RedisNodes], exports: [RedisNodes] })
export class RedisModule {}
