import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../scenarios/engine/trace.ts';
import { matching } from './search.ts';

const scenarios = [
  { slug: 'session-fixation', title: 'Session fixation', question: 'If I choose your id, am I you?' },
  { slug: 'idle-timeout', title: 'Idle timeout', question: 'Who ends the session, the browser or Redis?' },
  { slug: 'rolling-refresh', title: 'Rolling refresh', question: 'Does a click renew the Cookie?' },
] as ScenarioOutline[];

test.each([
  ['', ['session-fixation', 'idle-timeout', 'rolling-refresh']],
  ['   ', ['session-fixation', 'idle-timeout', 'rolling-refresh']],
  ['session', ['session-fixation', 'idle-timeout']],
  ['SESSION redis', ['idle-timeout']],
  ['redis session', ['idle-timeout']],
  ['rolling-refresh', ['rolling-refresh']],
  ['cook', ['rolling-refresh']],
  ['.*', []],
  ['fixation timeout', []],
])('"%s" finds %j', (text, slugs) => {
  expect(matching(scenarios, text).map(({ slug }) => slug)).toEqual(slugs);
});
