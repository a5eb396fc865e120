import { describe, expect, test } from 'vitest';
import type { LastAnswer } from '../../../scenarios/engine/lastAnswer.ts';
import { fitting } from '../../ui/textWidth.ts';
import { answerTexts, charactersIn, timeLeftText, tokenLetters } from './fitting.ts';

const silent = { open: 0, heard: 0 };
const answer: LastAnswer = {
  status: 200,
  answered: 1,
  refused: 0,
  by: null,
  refusedBefore: false,
  error: '',
  about: 'Alice',
};
/** Pixels beside the badge of a browser in a window of 390 pixels, and of 1280. */
const [phone, laptop] = [67, 128];

const shown = (more: Partial<LastAnswer>, room: number) =>
  fitting(answerTexts({ answer: { ...answer, ...more }, unanswered: false, streams: silent }), room);

describe('what a browser got', () => {
  test.each([
    [{}, 'got 200 as Alice', 'got 200'],
    [{ about: null }, 'got 200', 'got 200'],
    [{ by: 'browser' }, 'cache: 200 as Alice', 'cache: 200'],
    [{ by: 'cache', about: null }, 'cache: 200', 'cache: 200'],
    [{ by: 'http://shop.example', about: null }, 'got 200 over http', 'http: 200'],
    [{ by: 'https://evil.example', about: null }, 'evil: 200', 'evil: 200'],
    [{ answered: 10, refused: 5 }, '5 of 10 got 401', '401: 5 of 10'],
  ])('%j is "%s" on a laptop and "%s" on a phone', (more, onLaptop, onPhone) => {
    expect([shown(more, laptop), shown(more, phone)]).toEqual([onLaptop, onPhone]);
  });

  test('is shorter than what still comes', () => {
    const texts = answerTexts({ answer, unanswered: false, streams: { open: 1, heard: 2 } });
    expect(fitting(texts, 400)).toBe('got 200 as Alice, got 2 events');
    expect(fitting(texts, laptop)).toBe('got 2 events');
    expect(fitting(texts, phone)).toBe('2 events');
  });

  test('is nothing after no request', () => {
    expect(answerTexts({ answer: null, unanswered: false, streams: silent })).toEqual([]);
    expect(answerTexts({ answer: null, unanswered: true, streams: silent })).toEqual(['got no answer', 'no answer']);
  });
});

test('a time stands alone where there is little room', () => {
  expect([timeLeftText(86_340_000, 120), timeLeftText(86_340_000, 78)]).toEqual(['23 h 59 min left', '23 h 59 min']);
});

test.each([
  [73, 8],
  [44, 4],
  [14, 0],
  [5, 0],
])('in %i px, beside its shape, there is room for %i characters of an ID', (room, characters) => {
  expect(charactersIn(room)).toBe(characters);
});

test.each([
  ['1Bg…Wk4t', 70, '1Bg…Wk4t…'],
  ['1Bg…Wk4t', 37, '…Wk4t'],
  ['NiGBxy', 70, 'NiGBxy…'],
  ['NiGBxy', 37, 'NiGB…'],
])('of the token %s, in %i px, one sees "%s"', (token, room, letters) => {
  expect(tokenLetters(token, room)).toBe(letters);
});
