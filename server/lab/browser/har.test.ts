import { expect, test } from 'vitest';
import { createTraceBuilder, sidA, signed } from '../../../testing/traceBuilder.ts';
import { harOf } from './har.ts';

const builder = createTraceBuilder([{ name: 'alice', label: 'Alice', role: 'victim' }], ['Alice logs in']);
builder.step(() => {
  builder.request('alice', 'POST', '/auth/login');
  builder.respond('alice', 200, 'OK', sidA);
  builder.request('alice', 'GET', '/me?page=2');
  builder.respond('alice', 403, 'Forbidden', sidA);
  builder.request('alice', 'GET', '/unanswered');
});
const trace = builder.trace();
const entryIn = (file: string) => JSON.parse(file).log.entries[0];
const named = (headers: { name: string }[]) => headers.map(({ name }) => name);

test('has the last answered request and its response, as they went over the wire', () => {
  const file = harOf(trace, 'alice');
  expect(JSON.parse(file).log).toMatchObject({ version: '1.2', creator: { name: 'Session Sandbox' } });
  const { request, response } = entryIn(file);
  expect(request).toMatchObject({ method: 'GET', url: 'https://shop.example/me?page=2' });
  expect(request.headers).toEqual([{ name: 'Cookie', value: `sid=${signed(sidA)}` }]);
  expect(request.queryString).toEqual([{ name: 'page', value: '2' }]);
  expect(response).toMatchObject({ status: 403, statusText: 'Forbidden' });
  expect(named(response.headers)).toEqual(['Set-Cookie']);
});

test('sanitized, it has no cookie and no session ID', () => {
  const file = harOf(trace, 'alice', { sanitized: true });
  expect(entryIn(file)).toMatchObject({
    request: { method: 'GET', headers: [] },
    response: { status: 403, headers: [] },
  });
  expect(file).not.toContain(sidA);
});

test('without a response there is nothing to export', () => {
  expect(() => harOf(trace, 'mallory')).toThrow('mallory has not got a response yet');
});
