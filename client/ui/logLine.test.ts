import { expect, test } from 'vitest';
import type { TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';
import { logLine } from './logLine.ts';

const header = {
  namespace: 'sandbox:1:',
  scenario: {
    actors: [
      { name: 'mallory', label: 'Mallory', role: 'attacker' },
      { name: 'alice', label: 'Alice', role: 'victim' },
    ],
    steps: [{ title: 'Alice logs in', ask: { question: 'Who is it?' } }],
  },
} as TraceHeader;

test.each([
  [{ type: 'step-started', step: 0 }, 'Step 1: Alice logs in'],
  [{ type: 'step-ended', step: 0, error: null }, 'Step 1 played'],
  [{ type: 'step-ended', step: 0, error: 'No cookie.' }, 'Step 1 failed: No cookie.'],
  [
    { type: 'request', actor: 'alice', method: 'GET', url: 'https://shop.example/me', note: null },
    'Alice: GET https://shop.example/me',
  ],
  [
    { type: 'request', actor: 'alice', method: 'GET', url: 'https://shop.example/me', note: 'a link' },
    'Alice: GET https://shop.example/me (a link)',
  ],
  [
    { type: 'response', status: 204, statusText: 'No Content', body: '', by: 'app' },
    'Response: 204 No Content, no body',
  ],
  [{ type: 'response', status: 200, statusText: 'OK', body: '{}', by: 'cache' }, 'Response by cache: 200 OK, {}'],
  [{ type: 'request-failed', why: 'Timed out.' }, 'No response: Timed out.'],
  [
    { type: 'command', name: 'get', args: ['sandbox:1:sess:abc'], reply: '(nil)', error: null },
    'Redis: GET sess:abc → (nil)',
  ],
  [
    { type: 'key', key: 'sandbox:1:sess:abc', change: 'set', at: 1_000, expiresAt: 21_000, cause: { by: 'hand' } },
    'Key sess:abc set, TTL 20 s, by hand',
  ],
  [
    { type: 'key', key: 'sandbox:1:sess:abc', change: 'expired', at: 0, expiresAt: null, cause: { by: 'time' } },
    'Key sess:abc expired',
  ],
  [
    { type: 'jar', actor: 'alice', cookies: [{ name: 'sid' }], cause: { by: 'planted', actor: 'mallory' } },
    'Alice’s cookies: sid, planted by Mallory',
  ],
  [{ type: 'joined', actor: { name: 'you', label: 'You', role: 'person' } }, 'You joined, with your own browser'],
  [
    { type: 'request', actor: 'you', method: 'GET', url: 'http://3f.localhost:3000/me', note: null },
    'You: GET http://3f.localhost:3000/me',
  ],
  [
    { type: 'jar', actor: 'you', cookies: [{ name: 'sid' }], cause: { by: 'seen', request: 1 } },
    'Your cookies: sid, as a request showed: they were changed in the browser',
  ],
  [
    { type: 'jar', actor: 'you', cookies: [{ name: 'sid' }], cause: { by: 'own-clock' } },
    'Your cookies: sid, by the browser’s own clock, which did not jump',
  ],
  [
    { type: 'jar', actor: 'alice', cookies: [], cause: { by: 'closed' } },
    'Alice’s cookies: none, all windows were closed',
  ],
  [
    { type: 'jar', actor: 'alice', cookies: [], cause: { by: 'site-data', request: 1 } },
    'Alice’s cookies: none, by Clear-Site-Data',
  ],
  [
    { type: 'jar', actor: 'alice', cookies: [{ name: 'theme' }], cause: { by: 'script' } },
    'Alice’s cookies: theme, by a script of the page',
  ],
  [
    { type: 'cookie-copied', actor: 'mallory', victim: 'alice', name: 'sid' },
    'Mallory copies the cookie sid from Alice’s browser',
  ],
  [{ type: 'time', how: 'jumped', ms: 1_860_000 }, 'Time: 31 min jumped'],
  [
    { type: 'ask', step: 0, actual: 'nobody', expected: 'nobody', holds: true },
    'Asked: Who is it? nobody, as expected',
  ],
  [
    { type: 'ask', step: 0, actual: 'alice', expected: 'nobody', holds: false },
    'Asked: Who is it? alice, but expected was nobody',
  ],
  [{ type: 'hand', action: { do: 'delete-key', key: 'sandbox:1:sess:abc' } }, 'By hand: delete sess:abc'],
  [{ type: 'store', status: 'lost', why: 'It is down.' }, 'Redis is lost: It is down.'],
  [
    { type: 'page-shown', actor: 'alice', url: 'https://shop.example/me', status: 200, body: '' },
    'Alice: Back shows https://shop.example/me again, without a request',
  ],
  [
    { type: 'script', actor: 'alice', origin: 'https://shop.example', wrote: null, result: '' },
    'Script of https://shop.example in Alice’s browser reads document.cookie: nothing',
  ],
  [
    { type: 'script', actor: 'alice', origin: 'https://a.shop.example', wrote: 'sid=1', result: 'it is a new cookie' },
    'Script of https://a.shop.example in Alice’s browser sets document.cookie = sid=1: it is a new cookie',
  ],
  [{ type: 'mail', to: 'alice@shop.example', subject: 'Welcome' }, 'Mail to alice@shop.example: Welcome'],
  [{ type: 'audit', name: 'authn_login_fail', userId: null }, 'Audit log: authn_login_fail'],
  [{ type: 'audit', name: 'session_created', userId: 1 }, 'Audit log: session_created, user 1'],
  [{ type: 'restart', change: '' }, 'The app is restarted'],
  [
    { type: 'restart', change: 'it signs with its new secret and accepts new and old' },
    'The app is restarted: it signs with its new secret and accepts new and old',
  ],
  [{ type: 'fault', what: 'GET takes 300 ms longer' }, 'GET takes 300 ms longer'],
  [{ type: 'ended', why: 'It was idle.' }, 'The sandbox ended: It was idle.'],
])('%j', (event, line) => {
  expect(logLine(event as unknown as TraceEvent, header)).toBe(line);
});

test('a long value does not make a long line', () => {
  const set = { type: 'command', name: 'set', args: ['k', 'x'.repeat(5_000)], reply: 'OK', error: null };
  expect(logLine(set as unknown as TraceEvent, header).length).toBeLessThan(160);
});
