import { expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import { header, type Sketch, type SketchOf, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { announcement } from './Announcer.tsx';

const scenario = {
  ...header.scenario,
  lesson: 'Renew it.',
  steps: [
    {
      title: 'Alice opens the account page',
      purpose: '',
      narration: '',
      ask: { question: 'Who is she?', vulnerable: 'alice@shop.example', protected: 'nobody' },
    },
    { title: 'Alice leaves', purpose: '', narration: '', ask: null },
  ],
};

function announced(sketches: Sketch[], past = false, guess?: string): string {
  const { events } = traceOf(...sketches);
  const view = read({ header: { ...header, scenario }, events });
  return announcement(view, [view], past, () => guess);
}

const request = (id: number): SketchOf<'request'> => ({
  type: 'request',
  id,
  actor: 'alice',
  method: 'GET',
  url: 'https://shop.example/me',
  headers: [],
  forwarded: [],
  body: null,
  note: null,
  cookies: [],
});
const response = (id: number): SketchOf<'response'> => ({
  type: 'response',
  request: id,
  status: 200,
  statusText: 'OK',
  headers: [],
  body: '',
  ms: 1,
  by: 'app',
  cookies: [],
});
const answered: Sketch = { type: 'ask', step: 0, expected: 'nobody', actual: 'nobody', holds: true };
const first: Sketch[] = [stepStarted(0), request(1), response(1), answered, stepEnded(0)];

test('announces the scenario before the first step', () => {
  expect(announced([])).toBe('A lesson: no steps played.');
});

test('announces the requests, the question and the answer of a step', () => {
  expect(announced(first)).toBe(
    'Step 1 of 2: Alice opens the account page. Alice: GET /me, 200. Alice is nobody to the shop: there is no session cookie. Who is she? nobody.',
  );
});

test('announces what happened in both variants, if both are shown', () => {
  const { events } = traceOf(...first);
  const [vulnerable, fixed] = (['vulnerable', 'protected'] as const).map((variant) =>
    read({ header: { ...header, scenario, variant }, events }),
  );
  expect(
    announcement(vulnerable!, [vulnerable!, fixed!], false, (side) => (side === fixed ? 'nobody' : undefined)),
  ).toBe(
    'Step 1 of 2: Alice opens the account page. Who is she? ' +
      'Vulnerable: Alice: GET /me, 200. Alice is nobody to the shop: there is no session cookie. nobody. ' +
      'Protected: Alice: GET /me, 200. Alice is nobody to the shop: there is no session cookie. nobody. ' +
      'Your prediction was right. The vulnerable app answers “alice@shop.example”.',
  );
});

test('announces whether the prediction was right', () => {
  expect(announced(first, false, 'nobody')).toContain(
    'Who is she? nobody. Your prediction was right. The vulnerable app answers “alice@shop.example”.',
  );
  expect(announced(first, false, 'alice@shop.example')).toContain('Your prediction was wrong. You said');
});

test('announces nothing while a step is playing', () => {
  expect(announced([stepStarted(0), request(1)])).toBe('');
});

test('announces that the moment is in the past, and why a step failed', () => {
  expect(announced(first, true)).toMatch(/^Looking back\. Step 1 of 2/);
  expect(announced([stepStarted(0), stepEnded(0, 'No cookie.')])).toContain('It failed: No cookie.');
});

test('announces only the number and the last one of many requests', () => {
  const many = [1, 2, 3, 4, 5].flatMap((id) => [request(id), response(id)]);
  expect(announced([stepStarted(0), ...many, stepEnded(0)])).toContain(
    '5 requests, the last one: Alice: GET /me, 200.',
  );
});

test('announces a request without a response', () => {
  expect(announced([stepStarted(0), request(1), stepEnded(0)])).toContain('Alice: GET /me, no response.');
});

test('announces the lesson after the last step', () => {
  expect(announced([...first, stepStarted(1), stepEnded(1)])).toContain('What to remember: Renew it.');
});
