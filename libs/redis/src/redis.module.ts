import { Global, Module } from '@nestjs/common';
import { RedisNodes } from './redis-nodes.js';

/** Global, since a connection to Redis is a fact of the process, like its configuration. */
@Global()
@Module({ providers: [RedisNodes], exports: [RedisNodes] })
export class RedisModule {}
