import { expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import { header, type Sketch, type SketchOf, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { announcement } from './announcement.ts';

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

function said(sketches: Sketch[], past = false, guess?: string): string {
  const { events } = traceOf(...sketches);
  return announcement(read({ header: { ...header, scenario }, events }), past, guess);
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

test('before the first step it says what is about to be played', () => {
  expect(said([])).toBe('A lesson: no step played.');
});

test('of a step it says what was sent, what was asked and what came out', () => {
  expect(said(first)).toBe('Step 1 of 2: Alice opens the account page. Alice: GET /me, 200. Who is she? nobody.');
});

test('it says whether the prediction was right', () => {
  expect(said(first, false, 'nobody')).toContain(
    'Who is she? nobody. Your prediction was right. The vulnerable app answers “alice@shop.example”.',
  );
  expect(said(first, false, 'alice@shop.example')).toContain('Your prediction was wrong. You said');
});

test('it is silent while a step is being played', () => {
  expect(said([stepStarted(0), request(1)])).toBe('');
});

test('it says when one looks back, and why a step failed', () => {
  expect(said(first, true)).toMatch(/^Looking back\. Step 1 of 2/);
  expect(said([stepStarted(0), stepEnded(0, 'No cookie.')])).toContain('It failed: No cookie.');
});

test('of many requests it says how many, and the last', () => {
  const many = [1, 2, 3, 4, 5].flatMap((id) => [request(id), response(id)]);
  expect(said([stepStarted(0), ...many, stepEnded(0)])).toContain('5 requests, the last of them: Alice: GET /me, 200.');
});

test('a request that got none has no response', () => {
  expect(said([stepStarted(0), request(1), stepEnded(0)])).toContain('Alice: GET /me, no response.');
});

test('at the end it says what to remember', () => {
  expect(said([...first, stepStarted(1), stepEnded(1)])).toContain('What to remember: Renew it.');
});
