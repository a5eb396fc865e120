import { expect, test } from 'vitest';
import { enter, leaveInnermost } from './escape.ts';

test('leaves one thing for each press, the one that was entered last first', () => {
  const left: string[] = [];
  const leaving = (name: string) => {
    const exit = enter(() => {
      left.push(name);
      exit();
    });
    return exit;
  };
  leaving('outer');
  const gone = leaving('closed by a click');
  leaving('inner');
  gone();
  leaveInnermost();
  expect(left).toEqual(['inner']);
  leaveInnermost();
  leaveInnermost();
  expect(left).toEqual(['inner', 'outer']);
});
