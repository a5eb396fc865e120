import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { header } from '../../../testing/trace.ts';
import { readings } from './decoded.ts';
import { createPasswordMask } from './maskEvent.ts';

const at = { seq: 0, at: 0, step: null };
const request = (change: object): TraceEvent =>
  ({
    ...{ type: 'request', ...at, id: 1, actor: 'alice', method: 'POST', url: 'https://shop.example/auth/login' },
    ...{
      headers: [['Host', 'shop.example']],
      forwarded: [],
      body: null,
      note: null,
      sid: null,
      cookies: [],
      ...change,
    },
  }) as TraceEvent;

const json = JSON.stringify;
const inQuotes = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const form = (name: string, value: string) => String(new URLSearchParams({ email: 'a@b', [name]: value, next: '/' }));
const everyOctet = (text: string) =>
  [...Buffer.from(text)].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('');

const everyUnit = (text: string) =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** The forms in which a password is sent: each returns a request for a field name and a password. */
const sent: Record<string, (name: string, password: string) => TraceEvent> = {
  json: (name, password) => request({ body: json({ email: 'a@b', [name]: password }) }),
  'spaced json': (name, password) => request({ body: json({ [name]: password, a: [1] }, null, 2) }),
  'nested json': (name, password) => request({ body: json({ a: [{ user: { [name]: [password] } }] }) }),
  'json in json': (name, password) => request({ body: json({ query: json({ [name]: password }) }) }),
  'escaped json': (name, password) => request({ body: `{"${everyUnit(name)}":"${everyUnit(password)}"}` }),
  'cut json': (name, password) => request({ body: json({ [name]: password, email: 'a@b' }).slice(0, -3) }),
  'json in single quotes': (name, password) => request({ body: `{${inQuotes(name)}: ${inQuotes(password)}, a: 1}` }),
  form: (name, password) => request({ body: form(name, password) }),
  'form with every octet encoded': (name, password) =>
    request({ body: `a=1&${everyOctet(name)}=${everyOctet(password)}&b=2` }),
  'a part of a form': (name, password) =>
    request({ body: `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${password}\r\n--x--\r\n` }),
  xml: (name, password) =>
    request({ body: `<a><${name}>${password.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}></a>` }),
  address: (name, password) => request({ method: 'GET', url: `https://shop.example/login?${form(name, password)}` }),
  'basic authentication': (_, password) =>
    request({ headers: [['Authorization', `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`]] }),
  'a manual action': (name, password) =>
    ({
      ...{ type: 'manual-action', ...at, sid: null },
      action: {
        do: 'request',
        actor: 'alice',
        method: 'POST',
        url: '/x',
        origin: null,
        headers: [],
        body: form(name, password),
      },
    }) as TraceEvent,
  'the value of a key': (name, password) =>
    ({
      type: 'manual-action',
      ...at,
      sid: null,
      action: { do: 'set-key', key: 'k', value: json({ [name]: password }) },
    }) as TraceEvent,
};

/** Where it appears afterwards: what came back, what was stored, what failed. */
const leaves = (password: string): TraceEvent[] =>
  [
    {
      ...{
        type: 'response',
        ...at,
        request: 1,
        status: 400,
        statusText: 'Bad Request',
        ms: 1,
        by: 'app',
        sid: null,
        cookies: [],
      },
      headers: [['Location', `/again?p=${encodeURIComponent(password)}`]],
      body: json({ error: `"${password}" is wrong` }),
    },
    {
      ...{ type: 'command', ...at, id: 1, request: 1, name: 'set', reply: 'OK', error: null, ms: 1, sid: null },
      args: ['k', json({ password })],
    },
    {
      ...{ type: 'key', ...at, key: 'k', change: 'set', expiresAt: null, cause: { by: 'outside' }, sid: null },
      value: { type: 'hash', data: { a: password } },
    },
    {
      ...{ type: 'jar', ...at, actor: 'alice', cause: { by: 'closed' } },
      cookies: [{ name: 'a', value: encodeURIComponent(password) }],
    },
    { type: 'request-failed', ...at, request: 1, why: `GET /?p=${everyOctet(password)} got no answer`, ms: 1 },
    {
      ...{
        type: 'page-shown',
        ...at,
        actor: 'alice',
        url: `https://shop.example/${everyOctet(everyOctet(password))}`,
        status: 200,
      },
      body: Buffer.from(password).toString('base64'),
    },
  ] as TraceEvent[];

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return readings(value).map(({ text }) => text);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const fieldName = fc.constantFrom(
  'password',
  'newPassword',
  'new_password',
  'PASSWD',
  'pwd',
  'passphrase',
  'pass',
  'user-password',
);
const known = json(header);
const password = fc
  .oneof(fc.string({ minLength: 6, maxLength: 40 }), fc.string({ unit: 'binary', minLength: 6, maxLength: 40 }))
  // A line break would end a part of a form, or a line of text.
  .map((text) => text.replace(/[\r\n•]/g, '-'))
  .filter((text) => !known.includes(text) && text.trim() === text);

describe('a password that was sent never appears in the trace, sent', () => {
  test.each(Object.keys(sent))('as %s', (how) => {
    fc.assert(
      fc.property(fieldName, password, (name, secret) => {
        const mask = createPasswordMask(header);
        for (const event of [sent[how]!(name, secret), ...leaves(secret)]) {
          const masked = mask(event);
          expect(masked.type).toBe(event.type);
          for (const text of textsIn(masked)) expect(text).not.toContain(secret);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('what is no password stays as it was, also beside one', () => {
  const mask = createPasswordMask(header);
  const kept = request({ url: 'https://shop.example/me?a=%20+b', body: '{ "item" : "a hat" }' });
  expect(mask(kept)).toEqual(kept);
  mask(request({ body: '{"password":"hunter2-and-more"}' }));
  expect(mask(kept)).toEqual(kept);
  expect(mask(request({ note: 'typed hunter2-and-more.' }))).toMatchObject({ note: 'typed ••••••.' });
});

test.each([
  ['is short, because it is everywhere by chance', 'abc', 'abc'],
  ['is a word of the scenario, because everybody sees that', header.scenario.slug, header.scenario.slug],
  ['is found only as a whole word when it has five letters', 'table', 'tables and chairs'],
])('a password that %s', (_, secret, text) => {
  const mask = createPasswordMask(header);
  mask(request({ body: json({ password: secret }) }));
  expect(mask(request({ note: text }))).toMatchObject({ note: text });
});

test('a text that is eight times as long takes about eight times as long, however many passwords were typed', () => {
  const mask = createPasswordMask(header);
  for (let index = 0; index < 300; index++) mask(request({ body: json({ password: `b${'a'.repeat(40 + index)}` }) }));
  const seconds = (length: number) => {
    const events = [request({ body: 'a'.repeat(length) }), request({ body: 'ba'.repeat(length / 2) })];
    const started = performance.now();
    for (const event of events) mask(event);
    return performance.now() - started;
  };
  seconds(1000);
  const [short, long] = [seconds(8000), seconds(64_000)];
  expect(long).toBeLessThan(Math.max(short * 30, 200));
});
