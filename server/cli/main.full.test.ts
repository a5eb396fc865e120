import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { runAsProcess as run } from '../../testing/commandLineRuns.ts';
import { testCommandLine } from '../../testing/commandLineTests.ts';

describe('as a process', () => testCommandLine(run));

// On the mock, too: scripts/readme.full.test.ts.
test('the whole catalogue holds, as a process on a real Redis', async () => {
  const ended = await run(['--reporter', 'json', '--redis', 'real']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { holds, scenarios: played } = JSON.parse(ended.stdout);
  expect(holds).toBe(true);
  expect(played.map(({ slug }: { slug: string }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
}, 180_000);
