import { test } from 'vitest';
import { expectToBeKilled } from '../../testing/watchedProcess.ts';

// Other ways to block, and a process that is busy for less than the limit: watchdog.full.test.ts.
test('an endless loop: the process is killed, with a message', () => expectToBeKilled('for (;;);'));
