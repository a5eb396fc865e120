import { expect, test } from 'vitest';
import { followStyle } from './followStyle.ts';

test('everything but what is about the ID fades, within its side only', () => {
  const [fade, ...rules] = followStyle('abc', [3, 7], 7).split('\n');
  expect(fade).toContain('[data-about]:not([data-about~="abc"])');
  expect(fade).toContain('[data-event]:not([data-event="3"], [data-event="7"])');
  expect(fade).toMatch(/\{ opacity: 0\.3; \}$/);
  for (const rule of [fade, ...rules]) expect(rule).toMatch(/^(?::is\()?\[data-following="abc"\] /);
});

test('the event of the current moment has a mark of its own', () => {
  const marked = '[data-following="abc"] [data-event="7"] {';
  expect(followStyle('abc', [3, 7], 7)).toContain(marked);
  expect(followStyle('abc', [3, 7], null)).not.toContain(marked);
});

test('an ID of a trace file cannot end its string', () => {
  expect(followStyle('a"] { } \\', [], null)).not.toMatch(/a"|\\"/);
});
