import { beforeEach, describe, expect, test } from 'vitest';
import type { RequestSent } from '../../../scenarios/engine/trace.ts';
import { createDetails, detailsOfOne } from './detailsState.ts';
import { keepDetails, parseKept } from './keptDetails.ts';

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

describe('a drawer that the page has made tall, for the picture of a repair,', () => {
  test('is given back as it was', () => {
    details.getState().showTab('diff');
    details.getState().enlarge();
    expect(details.getState().size).toBe('tall');
    details.getState().giveBack();
    expect(details.getState().size).toBe('usual');
  });

  test.each(['closed', 'usual'] as const)('stays as the learner makes it then: %s', (size) => {
    details.getState().showTab('diff');
    details.getState().enlarge();
    details.getState().resize(size);
    details.getState().giveBack();
    expect(details.getState().size).toBe(size);
  });

  test('is kept by the browser as the learner left it', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: () => null,
      removeItem: () => {},
      setItem: (name: string, text: string) => void kept.set(name, text),
    };
    keepDetails(() => storage);
    detailsOfOne.getState().showTab('diff');
    detailsOfOne.getState().enlarge();
    expect([...kept.values()]).toEqual(['{"tab":"diff","size":"usual"}']);
    detailsOfOne.getState().resize('closed');
  });
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
