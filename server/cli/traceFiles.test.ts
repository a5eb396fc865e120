import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import fixation from '../../scenarios/session-fixation.ts';
import { keep, record } from '../../testing/commandLine.ts';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import { everythingHolds, type Reporter, type Run } from './reporter.ts';
import { jsonReporter } from './reporters/json.ts';
import { prettyReporter } from './reporters/pretty.ts';
import { openTraceFolder, writingTraces } from './traceFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-traces-'));
let runs: Run[];
beforeAll(async () => {
  runs = await record(fixation);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const outcome = { store: 'mock', holds: true, ms: 1, stopped: null } as const;
const reporters = { pretty: prettyReporter, json: jsonReporter };

describe.each(['pretty', 'json'] as const)('with the %s reporter', (name) => {
  const report = (wrap: (reporter: Reporter) => Reporter) => {
    const output = keep();
    const reporter = wrap(reporters[name](output));
    reporter.played(fixation, runs);
    reporter.finished(outcome);
    return output.text;
  };

  test('each run’s trace is written to a file, and the report does not change', () => {
    const traces = openTraceFolder(join(folder, name, 'made', 'part'));
    expect(report((reporter) => writingTraces(traces, reporter))).toBe(report((reporter) => reporter));
    expect(readdirSync(traces).sort()).toEqual([
      'session-fixation.protected.trace.json',
      'session-fixation.vulnerable.trace.json',
    ]);
    for (const { variant, trace } of runs) {
      const written = JSON.parse(readFileSync(join(traces, `session-fixation.${variant}.trace.json`), 'utf8'));
      expect(written).toEqual(trace);
      expect(written).toMatchObject({ version: 2, header: { variant, scenario: { slug: 'session-fixation' } } });
      expect(everythingHolds(read(written))).toBe(true);
      // A session id has 32 characters.
      expect(JSON.stringify(written)).not.toMatch(/sess:[\w-]{7}/);
    }
  });
});

test('an existing folder is used, and its files are kept', () => {
  const traces = join(folder, 'again');
  mkdirSync(traces);
  writeFileSync(join(traces, 'mine.txt'), 'mine');
  openTraceFolder(traces);
  expect(readdirSync(traces)).toEqual(['mine.txt']);
});

describe('a folder that cannot be written is wrong usage:', () => {
  test('there is a file of that name', () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    expect(() => openTraceFolder(file)).toThrow(WrongUsage);
    expect(() => openTraceFolder(file)).toThrow(
      `--trace: the folder ${file} cannot be written: there is a file of that name.`,
    );
  });

  test('a part of its path is a file', () => {
    const file = join(folder, 'part');
    writeFileSync(file, '');
    expect(() => openTraceFolder(join(file, 'traces'))).toThrow(/cannot be written: [^.]+\.$/);
  });
});

describe('a trace that cannot be written when it is there', () => {
  test('because the folder was deleted, is a failure of the infrastructure', () => {
    const traces = openTraceFolder(join(folder, 'short-lived'));
    const reporter = writingTraces(traces, jsonReporter(keep()));
    rmSync(traces, { recursive: true });
    expect(() => reporter.played(fixation, runs)).toThrow(InfrastructureFailed);
    expect(() => reporter.played(fixation, runs)).toThrow('it does not exist any more');
  });

  test('leaves no part of a file, and the one that was there before as it was', () => {
    const traces = openTraceFolder(join(folder, 'whole'));
    const file = join(traces, 'session-fixation.protected.trace.json');
    const reporter = writingTraces(traces, jsonReporter(keep()));
    writeFileSync(file, 'before');
    // No file can take the place of a folder.
    mkdirSync(join(traces, 'session-fixation.vulnerable.trace.json'));
    expect(() => reporter.played(fixation, runs)).toThrow('one of the files to write is a folder');
    expect(readdirSync(traces).sort()).toEqual([
      'session-fixation.protected.trace.json',
      'session-fixation.vulnerable.trace.json',
    ]);
    expect(readFileSync(file, 'utf8')).toBe('before');
  });
});
