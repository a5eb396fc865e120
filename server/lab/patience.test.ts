import { expect, test } from 'vitest';
import { createPatience } from './patience.ts';

const never = () => new Promise<never>(() => {});
const { signal } = new AbortController();

test('what ends is what it was', async () => {
  const inTime = createPatience(() => 0, signal, 50);
  expect(await inTime(() => 'now')).toBe('now');
  expect(await inTime(async () => 'later')).toBe('later');
  await expect(
    inTime(() => {
      throw new Error('broken');
    }),
  ).rejects.toThrow('broken');
});

test('what is silent for too long is given up, with a question', async () => {
  await expect(createPatience(() => 0, signal, 50)(never)).rejects.toThrow(
    'It did not end: for 0.05 seconds nothing happened. What does it wait for?',
  );
});

test('what is not silent may take its time', async () => {
  const inTime = createPatience(() => performance.now(), signal, 50);
  expect(await inTime(() => new Promise((resolve) => setTimeout(resolve, 200, 'long')))).toBe('long');
});

test('what goes on though its sandbox ends is left behind', async () => {
  const ending = new AbortController();
  const waiting = createPatience(() => 0, ending.signal)(never);
  ending.abort(new Error('The page let go of it.'));
  await expect(waiting).rejects.toThrow('The page let go of it.');
});
