import { startTestServer } from '../redisServer.ts';
import { type RunningServer, startServer } from '../serverProcess.ts';

/** For tests: starts a server whose real Redis ends once it runs. There is no program on its PATH to start another one. */
export async function startServerWithoutRedis(): Promise<RunningServer> {
  const redis = await startTestServer();
  const server = await startServer({ REDIS_URL: redis.url, PATH: '' });
  await redis.stop();
  return server;
}
