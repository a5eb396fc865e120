import { testLostRedis } from '../../testing/lostRedisTests.ts';
import { hasSignals } from '../../testing/redisServer.ts';

if (hasSignals) testLostRedis('frozen');
