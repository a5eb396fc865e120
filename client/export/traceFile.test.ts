import { describe, expect, test } from 'vitest';
import { type Sketch, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { parseTrace } from './traceFile.ts';

const request = (given: object = {}): Sketch =>
  ({
    type: 'request',
    id: 1,
    actor: 'alice',
    method: 'GET',
    url: 'https://shop.example/me',
    headers: [['Host', 'shop.example']],
    forwarded: [],
    body: null,
    note: null,
    cookies: [],
    ...given,
  }) as Sketch;

const whole = traceOf(stepStarted(0), request(), stepEnded(0));
const parse = (found: unknown) => parseTrace(JSON.stringify(found));
const withEvent = (sketch: object) => traceOf(stepStarted(0), request(), sketch as Sketch);

test('a trace is returned unchanged, including unknown fields', () => {
  expect(parse(whole)).toEqual(whole);
  const more = { ...whole, header: { ...whole.header, later: 1 } };
  expect(parse(more)).toEqual(more);
});

describe('a file that is not a trace is refused with the reason:', () => {
  test.each<[string, unknown, RegExp]>([
    ['another JSON file', { name: 'package' }, /^It is JSON, but not a trace of this page\.$/],
    ['null', null, /not a trace/],
    ['a list', [], /not a trace/],
    ['an earlier version', { ...whole, version: 1 }, /version 1, and this page reads version 2\. Play .* again/],
    ['a later version', { ...whole, version: 3 }, /version 3, and this page reads version 2/],
    ['no header', { ...whole, header: undefined }, /not a trace/],
    [
      'an unknown store',
      { ...whole, header: { ...whole.header, store: 'disk' } },
      /^In its header, store is not valid/,
    ],
    [
      'a slug that is a path',
      {
        ...whole,
        header: { ...whole.header, scenario: { ...whole.header.scenario, slug: '../x' } },
      },
      /scenario\.slug is not lower-case words/,
    ],
    ['an unknown event', withEvent({ type: 'magic' }), /^In event 2, there is no event type "magic"\.$/],
    ['an invalid address', withEvent(request({ id: 2, url: 'me' })), /^In event 2, url is not an absolute address\.$/],
    [
      'a header that is not a pair',
      withEvent(request({ id: 2, headers: ['x'] })),
      /^In event 2, headers\.0 is not valid/,
    ],
    ['an event out of order', { ...whole, events: [...whole.events].reverse() }, /^In event 0, seq is 2/],
    [
      'a step beyond the last one',
      withEvent({ type: 'fault', fault: { is: 'crashed' }, step: 7 }),
      /step is 7, and the scenario has 3 steps/,
    ],
    ['an unknown actor', withEvent(request({ id: 2, actor: 'eve' })), /there is no actor "eve"/],
    ['the same request twice', withEvent(request()), /the id 1 is that of an earlier request/],
    [
      'a failure of an unknown request',
      withEvent({ type: 'request-failed', request: 9, why: '', ms: 1 }),
      /there is no request 9/,
    ],
    ['a time beyond the range of dates', withEvent({ type: 'time', ms: 1e300, how: 'jumped' }), /ms is not valid/],
    ['too many events', { ...whole, events: Array.from({ length: 30_000 }, () => ({})) }, /30000 events/],
  ])('%s', (_, found, sentence) => {
    expect(() => parse(found)).toThrow(sentence);
  });

  test.each(['', 'no JSON', '{"version":1', '\0\0'])('%j', (text) => {
    expect(() => parseTrace(text)).toThrow('It is not JSON.');
  });

  test('a number beyond the range of JavaScript', () => {
    expect(() => parseTrace(JSON.stringify(whole).replace('"at":1,', '"at":1e999,'))).toThrow('In event 0, at is not');
  });
});
