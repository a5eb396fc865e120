import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Cast } from '../../../scenarios/engine/cast.ts';
import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import forcedLogout from '../../../scenarios/forced-logout-one-device.ts';
import idleTimeout from '../../../scenarios/idle-timeout.ts';
import fixation from '../../../scenarios/session-fixation.ts';
import { keep, planOf, record } from '../../../testing/commandLine.ts';
import type { Run } from '../reporter.ts';
import { prettyReporter } from './pretty.ts';

/** Returns the scenario with another expected answer of the protected variant in one step. */
function expecting(scenario: Scenario, step: number, answer: string | number): Scenario {
  const steps = scenario.steps.map((old, index) =>
    index === step && old.ask ? { ...old, ask: { ...old.ask, protected: answer } } : old,
  );
  return { ...scenario, steps };
}

async function report(scenario: Scenario, columns = 80, runs?: Run[]): Promise<string> {
  const output = keep(columns);
  const reporter = prettyReporter(output);
  reporter.played(scenario, runs ?? (await record(scenario)));
  return output.text;
}

test('the introduction says what is played, on which Redis and at what pace', () => {
  const output = keep();
  prettyReporter(output).started(planOf([fixation], { store: 'real', pace: 'real', address: '127.0.0.1:6379' }));
  expect(output.text).toBe(
    '1 scenario against the vulnerable and the protected app.\n' +
      'Redis: real, 127.0.0.1:6379. Time: real, so this takes some seconds.\n' +
      'In the vulnerable app, an attack that works is the expected answer (✓).\n',
  );
  const inBrowser = keep();
  prettyReporter(inBrowser).started({ ...planOf([fixation]), browser: 'Chromium 156' });
  expect(inBrowser.text).toContain('\nBrowser: Chromium 156, and beside it the virtual one to compare with.\n');
});

test('a scenario is shown as a table of its asks and the variants', async () => {
  const [head, rule, ...rows] = (await report(fixation)).split('\n').slice(4);
  expect(head).toMatch(/^step +vulnerable +protected$/);
  expect(rule).toMatch(/^─{80}$/);
  expect(rows.join('\n')).toMatch(
    /^ {3}3 {2}Does Alice still use the +✓ the same ID +✓ a new ID\s+session ID Mallory knows\?$/m,
  );
  expect(rows.join('\n')).toMatch(/^ {3}4 .+ ✓ alice@shop\.example +✓ nobody/m);
  expect(rows.join('\n')).toMatch(/✓ holds, [\d.]+ m?s +✓ holds, [\d.]+ m?s/);
});

test('below it stands what came of the attack in each variant', async () => {
  const text = await report(fixation, 100);
  expect(text).toContain('\nStep 5, vulnerable: Alice’s cookie means Alice. Mallory’s cookie still means Alice.\n');
  expect(text).toMatch(/\nStep 4, protected: Mallory is nobody .+\n/);
});

test('the last line counts what was played', async () => {
  const output = keep();
  const reporter = prettyReporter(output);
  reporter.played(fixation, await record(fixation));
  reporter.played(idleTimeout, await record(idleTimeout));
  reporter.finished({ store: 'mock', holds: true, ms: 1234, stopped: null });
  expect(output.text.split('\n').at(-2)).toBe('✓ 2 scenarios, 4 runs, 18 asks, all hold (1.2 s)');
});

describe('an ask that does not hold', () => {
  test('is shown with the step’s requests, responses and Redis commands', async () => {
    const wrong = expecting(forcedLogout, 3, 7);
    const text = await report(wrong, 100);
    expect(text).toMatch(/✓ 2 +✗ 1/);
    expect(text).toMatch(/✓ holds, .+ ✗ fails, /);
    const [, detail] = text.split('✗ forced-logout-one-device, protected, step 4: ');
    expect(detail).toMatch(/^The laptop ends the phone’s session\n/);
    expect(detail).toMatch(
      /question {2}How many session records does Redis hold now\?\n {4}expected {2}7\n {4}actual {4}1\n/,
    );
    expect(detail).toMatch(
      /request {3}GET https:\/\/shop\.example\/sessions \(Alice’s laptop\)\n +Cookie:[\s\S]*?__Host-sid=s%3A/,
    );
    expect(detail).toMatch(/request {3}POST https:\/\/shop\.example\/sessions\/\S+\/end \(Alice’s laptop\)/);
    expect(detail).toContain('{"password":"••••••"}');
    // Four characters of the signature are shown. In a cookie, each `+` and `/` among them is written with three.
    expect(detail).toMatch(
      /response {2}200 OK\n +Set-Cookie: __Host-sid=s%3A\S{6}…\.\S{4,12}…; Path=\/;[\s\S]*?HttpOnly; Secure; SameSite=Lax\n/,
    );
    expect(detail).toMatch(/redis +GET sess:\S{6}…\n +→ "\{/);
    expect(detail).toMatch(/DEL sess:\S{6}…\n +→ \(integer\) 1/);
    expect(detail).not.toContain('sandbox:');
  });

  test('is counted in the last line', async () => {
    const output = keep();
    const reporter = prettyReporter(output);
    reporter.played(expecting(fixation, 3, 'Bob'), await record(expecting(fixation, 3, 'Bob')));
    reporter.finished({ store: 'mock', holds: false, ms: 50, stopped: null });
    expect(output.text.split('\n').at(-2)).toBe('✗ 1 scenario, 2 runs, 8 asks, 1 does not hold (50 ms)');
  });

  test('in a step without requests says so', async () => {
    expect(await report(expecting(idleTimeout, 3, 'perhaps'))).toMatch(
      /actual {4}no\n {4}request {3}none in this step/,
    );
  });

  test('shows why the browser sent nothing', async () => {
    const steps = expecting(fixation, 3, 'Bob').steps.map((step, index) =>
      index === 3 ? { ...step, act: ({ mallory }: Cast) => mallory!.get('http://shop.example/me') } : step,
    );
    expect(await report({ ...fixation, steps })).toMatch(
      /request {3}none in this step\n +stopped {3}GET http:\/\/shop\.example\/me: mixed content: the\s+script/,
    );
  });

  test('shows why a cookie was not sent', async () => {
    const steps = expecting(fixation, 3, 'Bob').steps.map((step, index) =>
      index === 3
        ? { ...step, act: ({ mallory }: Cast) => mallory!.on('http://evil.example').get('http://shop.example/me') }
        : step,
    );
    // With HSTS the request would go over https.
    const setup = { hiddenHeaders: ['strict-transport-security'] };
    expect(await report({ ...fixation, setup, steps })).toMatch(
      /GET http:\/\/shop\.example\/me \(Mallory\)\n +Origin: .+[\s\S]*?Cookie __Host-sid was not sent: it\s+is\s+Secure/,
    );
  });
});

test('a step that fails is shown with its error, and later asks as not asked', async () => {
  const broken = { ...fixation, steps: fixation.steps.slice(1) };
  const output = keep();
  const reporter = prettyReporter(output);
  reporter.played(broken, await record(broken));
  reporter.finished({ store: 'mock', holds: false, ms: 50, stopped: null });
  expect(output.text).toMatch(/– not asked +– not asked/);
  expect(output.text).toMatch(/error +Mallory has no cookie "__Host-sid" to plant/);
  expect(output.text).toMatch(/ 2 steps failed \(50 ms\)\n$/);
});

test.each([56, 80, 100])('no line is longer than a terminal of %i columns', async (columns) => {
  const text = await report(expecting(forcedLogout, 3, 'x'.repeat(200)), columns);
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
});

test('a response cannot send control characters to the terminal', async () => {
  const answer = () => '\u001b[2Jgone';
  const steps = fixation.steps.map((step) => (step.ask ? { ...step, ask: { ...step.ask, answer } } : step));
  const text = await report({ ...fixation, steps });
  expect(text).not.toContain('\u001b');
  expect(text).toContain('✗ \\u001b[2Jgone');
});

/** Chromium did not send the cookie in the third step. */
function differing([run]: Run[], reason?: string): Run[] {
  const differs = [{ what: 'the requests of alice', virtual: 'with sid: 200', real: 'with no cookie: 200' }];
  const events = run!.trace.events.map((event) =>
    event.type === 'step-ended' && event.step === 2
      ? { ...event, differs: differs.map((one) => ({ ...one, ...(reason !== undefined && { reason }) })) }
      : event,
  );
  const header = { ...run!.trace.header, browser: 'Chromium 156' };
  return [{ ...run!, trace: { ...run!.trace, header, events } }];
}

test('what a real browser does differently fails, and is only told where the reason is known', async () => {
  const runs = await record(fixation, ['protected']);
  const failing = await report(fixation, 80, differing(runs));
  expect(failing).toContain('✗ fails');
  expect(failing).toMatch(
    /✗ session-fixation, protected, step 3: .+\n.*\n.*\n.*\n {4}differs {3}the requests of alice, in Chromium 156 .+\n {4}real {6}with no cookie: 200\n {4}virtual {3}with sid: 200\n/,
  );
  const told = await report(fixation, 80, differing(runs, 'it is young'));
  expect(told).toContain('✓ holds');
  expect(told.replaceAll('\n', ' ')).toContain(
    'Step 3, protected: Chromium 156 and the virtual browser differ in the requests of alice. Chromium 156: with no cookie: 200. ' +
      'The virtual browser: with sid: 200. The reason: it is young.',
  );
});

test('a scenario that needs a real Redis is shown as skipped and counted', async () => {
  const output = keep();
  const reporter = prettyReporter(output);
  reporter.played(fixation, await record(fixation));
  reporter.skipped(idleTimeout, 'It needs real Redis (--redis real). A mock evicts nothing.');
  reporter.finished({ store: 'mock', holds: true, ms: 1234, stopped: null });
  const lines = output.text.split('\n');
  expect(lines).toContain('Skipped. It needs real Redis (--redis real). A mock evicts nothing.');
  expect(lines.at(-2)).toBe('✓ 1 scenario, 2 runs, 8 asks, all hold, 1 skipped (1.2 s)');
});

test('a run in which nothing was played does not hold', () => {
  const output = keep();
  const reporter = prettyReporter(output);
  reporter.skipped(fixation, 'A mock evicts nothing.');
  reporter.finished({ store: 'mock', holds: false, ms: 1234, stopped: null });
  expect(output.text.split('\n').at(-2)).toMatch(/^✗ 0 scenarios, .+, nothing was played, 1 skipped/);
});

test('a different answer of the other store is shown', async () => {
  const steps = fixation.steps.map((step) =>
    step.ask?.vulnerable === 'the same ID'
      ? { ...step, ask: { ...step.ask, vulnerable: { mock: 'the same ID', real: 'no id' } } }
      : step,
  );
  expect(await report({ ...fixation, steps })).toContain('Step 3, vulnerable: on real Redis the answer is “no id”.\n');
});
