import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { trace } from '../../scenarios/engine/trace.ts';
import { runHere } from '../commandLineRuns.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-mode-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('--browser chromium plays a scenario in Chromium, and its trace says so', async () => {
  const words = ['session-fixation', '--variant', 'protected', '--browser', 'chromium'];
  const ended = await runHere([...words, '--reporter', 'json', '--trace', folder]);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { protected: run } = JSON.parse(ended.stdout).scenarios[0].variants;
  expect(run).toMatchObject({ holds: true, browser: expect.stringMatching(/^Chromium \d+$/) });
  expect(run).not.toHaveProperty('differences');

  const written = JSON.parse(readFileSync(join(folder, 'session-fixation.protected.trace.json'), 'utf8'));
  const { header, events } = trace.parse(written);
  expect(header.browser).toBe(run.browser);
  // What only a real browser sends.
  const { headers } = events.find((event) => event.type === 'request')!;
  expect(headers.map(([name]) => name.toLowerCase())).toContain('sec-ch-ua-platform');
  const types = events.map(({ type }) => type);
  expect(types).toContain('cookie-planted');
  // Mallory's planted cookie goes along with Alice's login, and the rules say why.
  const login = events.find((event) => event.type === 'request' && event.url.endsWith('/auth/login'));
  expect(login).toMatchObject({ cookies: [{ sent: true, why: expect.not.stringContaining('no reason') }] });
});
