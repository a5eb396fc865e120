import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from 'vitest';
import type { Trace, Variant } from '../../../scenarios/engine/trace.ts';
import { expectTheLinesOf } from '../../../testing/linesOfLogin.ts';

const root = new URL('../../../', import.meta.url);

test('the lines are the same when tsx compiles the app, as in production', async () => {
  const script = `
    import fixation from './scenarios/session-fixation.ts';
    import { people } from './server/lab/deployment/people.ts';
    import { createSandbox } from './server/lab/sandbox.ts';
    import { createRedisSwitch } from './server/redis/switch.ts';
    const redis = createRedisSwitch({});
    const traces = {};
    for (const variant of ['vulnerable', 'protected']) {
      const settings = { scenario: fixation, variant, store: 'mock', pace: 'jump', users: await people(4), redis };
      const sandbox = await createSandbox(settings);
      await sandbox.playTo(fixation.steps.length);
      traces[variant] = sandbox.trace;
      await sandbox.end('It was played to its end.');
    }
    await redis.close();
    console.log(JSON.stringify(traces));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: fileURLToPath(root), maxBuffer: 2 ** 24 },
  );
  const traces = JSON.parse(stdout) as Record<Variant, Trace>;
  expectTheLinesOf('vulnerable', traces.vulnerable);
  expectTheLinesOf('protected', traces.protected);
});
