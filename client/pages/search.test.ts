import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { matching } from './search.ts';

const scenarios = [
  {
    slug: 'session-fixation',
    title: 'Session fixation',
    question: 'If I choose your id, am I you?',
    lesson: 'A login needs a new id: regenerate().',
    references: ['ASVS V7.2.4', 'CWE-384'],
  },
  {
    slug: 'idle-timeout',
    title: 'Idle timeout',
    question: 'Who ends the session, the browser or Redis?',
    lesson: 'A limit that only the browser keeps is none.',
    references: ['ASVS V7.3.1'],
  },
  {
    slug: 'rolling-refresh',
    title: 'Rolling refresh',
    question: 'Does a click renew the Cookie?',
    lesson: 'Renew both or neither.',
    references: [],
  },
] as unknown as ScenarioOutline[];

test.each([
  ['', ['session-fixation', 'idle-timeout', 'rolling-refresh']],
  ['   ', ['session-fixation', 'idle-timeout', 'rolling-refresh']],
  ['session', ['session-fixation', 'idle-timeout']],
  ['SESSION redis', ['idle-timeout']],
  ['redis session', ['idle-timeout']],
  ['rolling-refresh', ['rolling-refresh']],
  ['cook', ['rolling-refresh']],
  ['regenerate()', ['session-fixation']],
  ['asvs v7', ['session-fixation', 'idle-timeout']],
  ['cwe-384', ['session-fixation']],
  ['.*', []],
  ['fixation timeout', []],
])('"%s" finds %j', (text, slugs) => {
  expect(matching(scenarios, text).map(({ slug }) => slug)).toEqual(slugs);
});
