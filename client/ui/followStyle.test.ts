import { expect, test } from 'vitest';
import { followStyle } from './followStyle.ts';

test('everything but what is about the ID fades, within its side only', () => {
  const [fade, ...rules] = followStyle('abc', [3, 7], 7).split('\n');
  expect(fade).toContain('[data-about]:not([data-about~="abc"])');
  expect(fade).toContain(
    ':is([data-event], [data-holds]):not([data-event="3"], [data-holds~="3"], [data-event="7"], [data-holds~="7"])',
  );
  expect(fade).toMatch(/\{ opacity: 0\.3; \}$/);
  for (const rule of [fade, ...rules]) expect(rule).toMatch(/^(?::is\()?\[data-following="abc"\] /);
});

test('the event of the current moment has a mark of its own', () => {
  const marked =
    '[data-following="abc"] :is([data-event="7"], [data-holds~="7"]:not(:has(> [aria-expanded="true"]))) {';
  expect(followStyle('abc', [3, 7], 7)).toContain(marked);
  expect(followStyle('abc', [3, 7], null)).not.toContain(marked);
});

test('an ID of a trace file cannot end its string', () => {
  expect(followStyle('a"] { } \\', [], null)).not.toMatch(/a"|\\"/);
});
