import { describe, expect, test } from 'vitest';
import { besideAnchor, hints, ringAround } from './tourHints.ts';

const hint = { width: 300, height: 120 };
const laptop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

test('each hint is one sentence', () => {
  for (const { text, withoutApp = text } of hints) {
    for (const one of [text, withoutApp]) expect(one).toMatch(/^[^.]+\.$/);
  }
});

describe('a hint stands', () => {
  test('on its side where there is room', () => {
    const column = { left: 0, top: 50, width: 288, height: 600 };
    expect(besideAnchor(column, 'right', hint, laptop)).toEqual({ left: 298, top: 520 });
    const atTheRight = { left: 908, top: 50, width: 372, height: 600 };
    expect(besideAnchor(atTheRight, 'left', hint, laptop)).toEqual({ left: 598, top: 520 });
  });

  test('on another side where there is none', () => {
    const wide = { left: 0, top: 100, width: 390, height: 240 };
    expect(besideAnchor(wide, 'right', hint, phone)).toEqual({ left: 10, top: 350 });
  });

  test('in the window, also at the corner of its anchor', () => {
    const button = { left: 1200, top: 760, width: 60, height: 34 };
    expect(besideAnchor(button, 'above', hint, laptop)).toEqual({ left: 970, top: 630 });
  });

  test('nowhere beside what fills the window', () => {
    expect(besideAnchor({ left: 0, top: 100, width: 390, height: 900 }, 'right', hint, phone)).toBeNull();
  });
});

test('the frame stands around what a hint points at, and ends with the window', () => {
  const tabs = { left: 16, top: 713, width: 506, height: 31 };
  expect(ringAround(tabs, laptop)).toEqual({ left: 8, top: 705, width: 522, height: 47 });
  const column = { left: 0, top: 2, width: 390, height: 842 };
  expect(ringAround(column, phone)).toEqual({ left: 0, top: 0, width: 390, height: 844 });
});
