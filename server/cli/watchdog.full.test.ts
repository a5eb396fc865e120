import { expect, test } from 'vitest';
import { expectToBeKilled, runWatched } from '../../testing/watchedProcess.ts';

test('an endless chain of promises: the process is killed, with a message', () =>
  expectToBeKilled('const again = () => Promise.resolve().then(again); await again();'));

test('a process that waits or is busy for less than the limit continues, and the watchdog does not keep it running', () => {
  const ended = runWatched(`
    await new Promise((done) => setTimeout(done, 1500));
    for (const end = Date.now() + 600; Date.now() < end; );
    console.log('played');
  `);
  expect(ended).toEqual({ status: 0, signal: null, stdout: 'played\n', stderr: '' });
});
