import { describe, expect, test } from 'vitest';
import type { ManualAction } from './actions.ts';
import { actionLine, answerText, eventLine, eventText, exchangeLine } from './eventText.ts';
import type { Exchange } from './read.ts';
import type { TraceEvent, TraceHeader } from './trace.ts';

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

const request = {
  type: 'request',
  actor: 'alice',
  method: 'GET',
  url: 'https://shop.example/me',
  note: null,
  body: null,
};
const jar = { type: 'jar', actor: 'alice', cookies: [] };

test.each([
  [{ type: 'step-started', step: 0 }, 'Step 1: Alice logs in'],
  [{ type: 'step-ended', step: 0, error: null }, 'Step 1 played'],
  [{ type: 'step-ended', step: 0, error: 'No cookie.' }, 'Step 1 failed: No cookie.'],
  [request, 'Alice: GET https://shop.example/me'],
  [{ ...request, note: 'a link' }, 'Alice: GET https://shop.example/me (a link)'],
  [{ ...request, method: 'POST', body: '{}' }, 'Alice: POST https://shop.example/me with {}'],
  [
    { type: 'response', status: 204, statusText: 'No Content', headers: [], body: '', by: 'app' },
    'Response: 204 No Content, no body',
  ],
  [
    { type: 'response', status: 200, statusText: 'OK', headers: [], body: '{}', by: 'cache' },
    'Response by cache: 200 OK, {}',
  ],
  [
    {
      type: 'response',
      status: 200,
      statusText: 'OK',
      headers: [['Content-Type', 'text/event-stream']],
      body: '',
      by: 'app',
    },
    'Response: 200 OK, a stream that stays open',
  ],
  [
    { type: 'stream-message', actor: 'alice', name: 'order_placed', data: '{}' },
    'Alice gets the event order_placed: {}',
  ],
  [
    { type: 'stream-ended', actor: 'alice', how: 'ended', ms: 20_000 },
    'Alice’s stream of events is ended by the app, after 20 s',
  ],
  [{ type: 'request-failed', why: 'Timed out.' }, 'No response: Timed out.'],
  [
    { type: 'command', name: 'get', args: ['sandbox:1:sess:abc'], reply: '(nil)', error: null },
    'Redis: GET sess:abc → (nil)',
  ],
  [{ type: 'command', name: 'get', args: ['k'], reply: null, error: 'Timed out' }, 'Redis: GET k → Timed out'],
  [
    { type: 'key', key: 'sandbox:1:sess:abc', change: 'set', at: 1_000, expiresAt: 21_000, cause: { by: 'manual' } },
    'Key sess:abc set, TTL 20 s, manually',
  ],
  [
    { type: 'key', key: 'sandbox:1:sess:abc', change: 'ttl', at: 0, expiresAt: null, cause: { by: 'outside' } },
    'Key sess:abc no TTL, from outside the sandbox',
  ],
  [
    { type: 'key', key: 'sandbox:1:sess:abc', change: 'expired', at: 0, expiresAt: null, cause: { by: 'time' } },
    'Key sess:abc expired',
  ],
  [
    { ...jar, cookies: [{ name: 'sid' }], cause: { by: 'planted', actor: 'mallory' } },
    'Alice’s cookies: sid, planted by Mallory',
  ],
  [
    { ...jar, cookies: [{ name: 'sid' }, { name: 'csrf' }], cause: { by: 'copied', actor: 'mallory' } },
    'Alice’s cookies: sid, csrf, copied from Mallory',
  ],
  [{ ...jar, cause: { by: 'response', request: 1 } }, 'Alice’s cookies: none, set by the response'],
  [{ ...jar, cause: { by: 'closed' } }, 'Alice’s cookies: none, after all windows were closed'],
  [{ ...jar, cause: { by: 'site-data', request: 1 } }, 'Alice’s cookies: none, cleared by Clear-Site-Data'],
  [{ ...jar, cause: { by: 'script' } }, 'Alice’s cookies: none, set by a script of the page'],
  [{ ...jar, cause: { by: 'manual' } }, 'Alice’s cookies: none, changed manually'],
  [{ type: 'joined', actor: { name: 'you', label: 'You', role: 'person' } }, 'You joined with your own browser'],
  [{ ...request, actor: 'you', url: 'http://3f.localhost:3000/me' }, 'You: GET http://3f.localhost:3000/me'],
  [
    { ...jar, actor: 'you', cookies: [{ name: 'sid' }], cause: { by: 'seen', request: 1 } },
    'Your cookies: sid, changed in the browser, as this request shows',
  ],
  [
    { ...jar, actor: 'you', cookies: [{ name: 'sid' }], cause: { by: 'own-clock' } },
    'Your cookies: sid, which did not age: a real browser’s clock does not jump',
  ],
  [
    { type: 'cookie-planted', actor: 'mallory', victim: 'alice', name: 'sid' },
    'Mallory puts the cookie sid into Alice’s browser',
  ],
  [
    { type: 'cookie-copied', actor: 'mallory', victim: 'alice', name: 'sid' },
    'Mallory copies the cookie sid from Alice’s browser',
  ],
  [{ type: 'wait', ms: 4_000 }, 'Time: waiting 4 s'],
  [{ type: 'time', how: 'jumped', ms: 1_860_000 }, 'Time: 31 min jumped'],
  [
    { type: 'ask', step: 0, actual: 'nobody', expected: 'nobody', holds: true },
    'Asked: Who is it? nobody, as expected',
  ],
  [
    { type: 'ask', step: 0, actual: 'alice', expected: 'nobody', holds: false },
    'Asked: Who is it? alice, but expected was nobody',
  ],
  [
    { type: 'manual-action', action: { do: 'delete-key', key: 'sandbox:1:sess:abc' } },
    'Manual action: delete sess:abc',
  ],
  [{ type: 'store', status: 'lost', why: 'It is down.' }, 'Redis cannot be reached: It is down.'],
  [{ type: 'store', status: 'back', why: '' }, 'Redis is back'],
  [
    {
      type: 'stopped',
      actor: 'alice',
      method: 'GET',
      url: 'http://shop.example/me',
      request: null,
      why: 'mixed content: the script of an https page may not fetch from http',
    },
    'Alice’s browser stops at GET http://shop.example/me: mixed content: the script of an https page may not fetch from http',
  ],
  [
    { type: 'page-shown', actor: 'alice', url: 'https://shop.example/me', status: 200, body: '' },
    'Alice: Back shows https://shop.example/me again, without a request',
  ],
  [
    { type: 'script', actor: 'alice', origin: 'https://shop.example', wrote: null, result: '' },
    'A script of https://shop.example in Alice’s browser reads document.cookie: nothing',
  ],
  [
    { type: 'script', actor: 'alice', origin: 'https://a.shop.example', wrote: 'sid=1', result: 'it is a new cookie' },
    'A script of https://a.shop.example in Alice’s browser sets document.cookie = sid=1: it is a new cookie',
  ],
  [{ type: 'mail', to: 'alice@shop.example', subject: 'Welcome' }, 'Mail to alice@shop.example: Welcome'],
  [
    { type: 'mail', to: 'alice@shop.example', subject: 'Welcome', leadsTo: 'evil.example' },
    'Mail to alice@shop.example: Welcome, with a link to evil.example',
  ],
  [{ type: 'audit', name: 'authn_login_fail', userId: null }, 'Audit log: authn_login_fail'],
  [{ type: 'audit', name: 'session_created', userId: 1 }, 'Audit log: session_created, user 1'],
  [
    { type: 'memory', process: 'app', op: 'set', sid: 'abc', value: '{}', at: 0, expiresAt: 60_000 },
    'Memory of the app: session record abc stored, 1 min to live',
  ],
  [
    { type: 'memory', process: 'app', op: 'get', sid: 'abc', value: null, at: 0, expiresAt: null },
    'Memory of the app: session record abc not found',
  ],
  [{ type: 'restart', change: '' }, 'The app is restarted'],
  [
    { type: 'restart', change: 'its list of secrets is [new, old]' },
    'The app is restarted: its list of secrets is [new, old]',
  ],
  [{ type: 'fault', fault: { is: 'slow', command: 'get', ms: 300 } }, 'GET takes 300 ms longer to reach Redis'],
  [{ type: 'fault', fault: { is: 'disconnected', command: null } }, 'Every command fails: the app cannot reach Redis'],
  [{ type: 'ended', why: 'It was idle.' }, 'The sandbox ended: It was idle.'],
])('%j', (event, line) => {
  expect(eventLine(event as unknown as TraceEvent, header)).toBe(line);
});

const which = { name: 'sid', domain: 'shop.example', path: '/' };

test.each<[ManualAction, string]>([
  [{ do: 'jump-time', ms: 1_800_000 }, 'jump 30 min'],
  [{ do: 'set-key', key: 'sandbox:1:sess:abc', value: '{}' }, 'write sess:abc'],
  [{ do: 'expire-key', key: 'sandbox:1:sess:abc', ms: 5_000 }, 'set the time to live of sess:abc to 5 s'],
  [{ do: 'expire-key', key: 'sandbox:1:sess:abc', ms: null }, 'remove the time to live of sess:abc'],
  [{ do: 'redis', line: 'KEYS *' }, 'redis> KEYS *'],
  [
    { do: 'request', actor: 'alice', method: 'GET', url: '/me', origin: null, headers: [], body: null },
    'Alice sends GET /me',
  ],
  [{ do: 'edit-cookie', actor: 'alice', ...which, value: 'x' }, 'edit sid in Alice’s browser'],
  [{ do: 'delete-cookie', actor: 'alice', ...which }, 'delete sid in Alice’s browser'],
  [{ do: 'copy-cookie', actor: 'mallory', from: 'alice', ...which }, 'copy sid from Alice to Mallory'],
  [
    { do: 'session-options', change: { rolling: false, maxAge: null } },
    'session options: rolling false, maxAge left out',
  ],
])('%j', (action, line) => {
  expect(actionLine(action, header)).toBe(line);
});

test('an exchange is shown as its path and status', () => {
  const exchange = (url: string, response: object | null) => ({ request: { ...request, url }, response }) as Exchange;
  expect(exchangeLine(exchange('https://shop.example/me?a=b#c', { status: 200 }), header)).toBe('Alice: GET /me, 200');
  expect(exchangeLine(exchange('http://localhost:3001/', null), header)).toBe('Alice: GET /, no response');
});

describe('a long value', () => {
  const set = { type: 'command', name: 'set', args: ['k', 'x'.repeat(5_000)], reply: 'OK', error: null };

  test('is cut in a line', () => {
    expect(eventLine(set as unknown as TraceEvent, header).length).toBeLessThan(160);
  });

  test('is cut later in a text, where it is marked as code', () => {
    const [, command, , reply] = eventText(set as unknown as TraceEvent, header);
    expect(command).toEqual({ code: `SET k ${'x'.repeat(293)}…` });
    expect(reply).toEqual({ code: 'OK' });
  });
});

test.each([
  [true, 'yes'],
  [false, 'no'],
  [401, '401'],
  ['nobody', 'nobody'],
])('the text of the answer %j is %s', (answer, text) => {
  expect(answerText(answer)).toBe(text);
});
