import { beforeEach, describe, expect, test } from 'vitest';
import type { RequestSent } from '../../../scenarios/engine/trace.ts';
import { createDetails } from './detailsState.ts';
import { parseKept } from './keptDetails.ts';

const request = { type: 'request', id: 1 } as RequestSent;
let details: ReturnType<typeof createDetails>;
const shown = () => {
  const { tab, size } = details.getState();
  return size === 'closed' ? 'closed' : tab;
};
beforeEach(() => {
  details = createDetails('wire');
});

test('the drawer is closed at first', () => {
  expect(shown()).toBe('closed');
});

describe('what is chosen in the diagram', () => {
  test('opens the request and its response for an arrow, the Redis commands for a command', () => {
    details.getState().showChosen(request, null);
    expect(shown()).toBe('wire');
    details.getState().showChosen(request, 7);
    expect(shown()).toBe('commands');
    expect(details.getState().lit).toEqual({ request, command: 7 });
    details.getState().showChosen(request, null);
    expect(shown()).toBe('wire');
  });

  test.each(['code', 'curl'])('leaves %s open, which follows the selection', (tab) => {
    details.getState().showTab(tab);
    details.getState().showChosen(request, 7);
    expect(shown()).toBe(tab);
  });

  test('opens its details also where the drawer was closed on a tab that follows the selection', () => {
    details.getState().showTab('code');
    details.getState().resize('closed');
    details.getState().showChosen(request, null);
    expect(shown()).toBe('wire');
  });
});

test('the key of a tab opens it, changes to it, and closes it', () => {
  const { toggleTab } = details.getState();
  toggleTab('diff');
  expect(shown()).toBe('diff');
  toggleTab('log');
  expect(shown()).toBe('log');
  toggleTab('log');
  expect(shown()).toBe('closed');
});

test('a drawer that was made tall and closed opens at its usual size', () => {
  details.getState().resize('tall');
  details.getState().resize('closed');
  details.getState().showTab('log');
  expect(details.getState().size).toBe('usual');
});

describe('what the browser kept', () => {
  test('is a tab and a size', () => {
    expect(parseKept('{"tab":"log","size":"tall"}')).toEqual({ tab: 'log', size: 'tall' });
  });

  test.each([null, '', 'nonsense', 'null', '{"tab":"log","size":"huge"}', '{"size":"tall"}'])(
    'is ignored if it is %j',
    (text) => {
      expect(parseKept(text)).toBe(null);
    },
  );
});
