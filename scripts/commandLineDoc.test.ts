import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../scenarios/index.ts';
import { parseConfig } from '../server/cli/config.ts';
import { narrow } from '../server/cli/narrow.ts';
import { parseOptions } from '../server/cli/options.ts';
import { reporters, settings } from '../server/cli/settings.ts';
import { root } from './readmeBlocks.ts';

const text = readFileSync(join(root, 'docs/command-line.md'), 'utf8');
const commands = [...text.matchAll(/^session-sandbox run (.*)$/gm)].map(([, words]) => words!);

test('every option and every reporter is described', () => {
  for (const { flags, hidden } of Object.values(settings)) if (!hidden) expect(text).toContain(flags.split(' ')[0]);
  for (const reporter of reporters) expect(text).toContain(`| \`${reporter}\` |`);
});

describe('the examples are commands:', () => {
  expect(commands.length).toBeGreaterThan(5);
  test.each(commands)('%s', (command) => {
    const words = command
      .replace(/ > .*/, '')
      .split(' ')
      .map((word) => word.replaceAll("'", ''));
    const selected = scenarios.map((scenario) => ({ scenario, file: '' }));
    expect(narrow(selected, parseOptions(words)).length).toBeGreaterThan(0);
  });
});

test('the configuration is one', () => {
  const [, source = ''] = /defineConfig\((\{.*?\n\})\);/s.exec(text) ?? [];
  const config = new Function(`return (${source})`)();
  expect(parseConfig(config, 'session-sandbox.config.ts', '/project').given).toMatchObject({
    redis: 'real',
    workers: 2,
  });
});
