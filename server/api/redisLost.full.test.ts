import { testLostRedis } from '../../testing/lostRedisTests.ts';
import { hasSignals } from '../../testing/redisServer.ts';

testLostRedis('stopped', true);
if (hasSignals) testLostRedis('frozen', true);
