import { expect, test } from 'vitest';
import type { Exchange } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { outcomeOf } from './Outcome.tsx';

const cookies = [
  { name: 'sid', value: 'x', sent: true, why: 'all matches' },
  { name: 'lang', value: 'en', sent: false, why: 'its path /app does not cover /me' },
];
const received = [{ header: '', name: '__Host-sid', outcome: 'refused', why: 'it is not Secure' }];
const exchange = {
  request: { id: 7, cookies },
  response: { status: 401, statusText: 'Unauthorized', cookies: received },
  failure: null,
} as unknown as Exchange;
const audit = { type: 'audit', name: 'session_cookie_invalid', request: 7 } as TraceEvent;

test('begins with the status, followed by the reasons', () => {
  expect(outcomeOf(exchange, [audit]).map(({ text, tone }) => `${tone}: ${text}`)).toEqual([
    'bad: 401 Unauthorized',
    'bad: The app found a signature that does not fit the id, so it ignored the cookie.',
    'plain: lang was not sent: its path /app does not cover /me',
    'bad: __Host-sid was refused by the browser: it is not Secure',
  ]);
});

test('ignores the audit log of other requests', () => {
  expect(outcomeOf(exchange, [{ ...audit, request: 6 } as TraceEvent])).toHaveLength(3);
});

test('says that there is no response yet, or why there is none', () => {
  const without = { ...exchange, response: null };
  expect(outcomeOf(without, [])[0]!.text).toBe('No response yet');
  expect(outcomeOf({ ...without, failure: { why: 'it took too long' } } as Exchange, [])[0]!.text).toContain(
    'too long',
  );
});
