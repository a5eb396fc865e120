import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTestServer } from '../../testing/redisServer.ts';

test('rediss:// works when the certificate is trusted', async () => {
  const { url, caFile, stop } = await startTestServer({ tls: true, password: 'hunter2' });
  // Node reads NODE_EXTRA_CA_CERTS when it starts, so this needs another process.
  const program = `
    import { createRedisSwitch } from './server/redis/switch.ts';
    const redisSwitch = createRedisSwitch({ url: process.env.REDIS_URL });
    const redis = await redisSwitch.connect('real', { keyPrefix: 'a:' });
    console.log(await redis.set('key', 'x'), JSON.stringify(await redisSwitch.status()));
    await redisSwitch.close();`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile!, REDIS_URL: url } },
  );
  expect(stdout).toMatch(/^OK .*"available":true,"address":"127\.0\.0\.1:\d+ \(TLS\)"/);
  await stop();
});
