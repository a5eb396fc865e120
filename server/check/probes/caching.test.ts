import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';

test.each([
  ['max-age=600', 'fails'],
  ['', 'not shown'],
  ['private, max-age=600', 'holds'],
  ['no-store', 'holds'],
])('a private page with Cache-Control: %s', async (header, verdict) => {
  const { verdictOf } = await checkHabits(
    {
      'GET /account': ({ user }) =>
        user
          ? { headers: { 'Content-Type': 'text/html', 'Cache-Control': header }, body: `<p>${user}</p>` }
          : { status: 401 },
    },
    {},
    { visit: '/account' },
  );
  expect(verdictOf('cache-shared')).toBe(verdict);
});
