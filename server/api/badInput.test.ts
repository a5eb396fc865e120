import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorAnswer } from '../../scenarios/engine/api.ts';
import { closeSites, openSite, type Site } from '../../testing/site.ts';

let site: Site;
/** A sandbox in the middle of its scenario, which no test here may change, and a key of another sandbox. */
let id: string;
let key: string;
let othersKey: string;

beforeAll(async () => {
  site = await openSite();
  const [mine, other] = [await site.openSandbox({ playTo: 2 }), await site.openSandbox({ playTo: 2 })];
  const keyOf = (sandbox: string) =>
    site.trace(sandbox).events.flatMap((event) => (event.type === 'key' ? [event.key] : []))[0]!;
  id = mine.id;
  key = keyOf(id);
  othersKey = keyOf(other.id);
});
afterAll(closeSites);

const good = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };
const own = (path: string) => path.replace(':id', id).replace(':key', encodeURIComponent(key));

interface Bad {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** The status of the answer. */
  status: number;
}

/** Sends the request, and expects a refusal in a sentence that changes nothing. */
async function expectRefusal({ method, path, body, headers, status }: Bad): Promise<void> {
  const before = { traces: [site.trace(id)], sandboxes: site.sandboxes.size };
  const answer = await site.send(method, own(path), { body, ...(headers && { headers }) });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(errorAnswer.parse(answer.json)).toEqual(answer.json);
  // A sentence for a person, without paths of the server.
  expect(answer.json.error.message).toMatch(/\S \S/);
  expect(answer.text).not.toMatch(/node_modules|server\/|\bat .+:\d+:\d+/);
  expect({ traces: [site.trace(id)], sandboxes: site.sandboxes.size }).toEqual(before);
  expect(site.logged.splice(0)).toEqual([]);
}

describe('limits are refused:', () => {
  const limits = { maxAge: 60_000, idle: null, absolute: 60_000, rolling: true, every: 60_000, store: 'mock' };
  test.each<[string, unknown]>([
    ['nothing', {}],
    ['a list', [limits]],
    ['no time between clicks', { ...limits, every: null }],
    ['clicks without a pause', { ...limits, every: 0 }],
    ['less than a minute', { ...limits, idle: 59_000 }],
    ['more than a week', { ...limits, absolute: 8 * 86_400_000 }],
    ['a part of a second', { ...limits, idle: 60_500 }],
    ['a text', { ...limits, maxAge: '30m' }],
    ['no rolling', { ...limits, rolling: undefined }],
    ['no Redis', { ...limits, store: undefined }],
    ['memory instead of a Redis', { ...limits, store: 'memory' }],
    ['a misspelt limit', { ...limits, maxage: 60_000 }],
  ])('%s', (_, body) => expectRefusal({ method: 'POST', path: '/api/limits', body, status: 400 }));
});

describe('a new sandbox is refused:', () => {
  test.each<[string, unknown, status?: number]>([
    ['nothing', {}],
    ['null', 'null'],
    ['a list', [good]],
    ['a string', '"session-fixation"'],
    ['a number', '7'],
    ['no scenario', { ...good, scenario: undefined }],
    ['an unknown scenario', { ...good, scenario: 'nobody-wrote-it' }, 404],
    ['a scenario called __proto__', { ...good, scenario: '__proto__' }, 404],
    ['a scenario called constructor', { ...good, scenario: 'constructor' }, 404],
    ['a path for a scenario', { ...good, scenario: '../../package.json' }, 404],
    ['a scenario in capitals', { ...good, scenario: 'SESSION-FIXATION' }, 404],
    ['an empty scenario', { ...good, scenario: '' }, 404],
    ['a very long scenario', { ...good, scenario: 'a'.repeat(5000) }],
    ['a list of scenarios', { ...good, scenario: ['session-fixation'] }],
    ['an unknown variant', { ...good, variant: 'both' }],
    ['an unknown store', { ...good, store: 'memory' }],
    ['an unknown pace', { ...good, pace: 'fast' }],
    ['steps as a string', { ...good, playTo: '2' }],
    ['steps before the first', { ...good, playTo: -1 }],
    ['half a step', { ...good, playTo: 0.5 }],
    ['more steps than there are', { ...good, playTo: 6 }],
    ['very many steps', { ...good, playTo: 1e9 }],
    ['null for the steps', { ...good, playTo: null }],
    ['an unknown field', { ...good, bcryptCost: 31 }],
    [
      'a field called __proto__',
      '{"scenario":"session-fixation","variant":"vulnerable","store":"mock","__proto__":{}}',
    ],
    ['a field called constructor', { ...good, constructor: {} }],
    ['JSON that is cut off', '{"scenario":'],
    ['JSON with a comment', '{} // all of it'],
    ['no JSON', 'scenario=session-fixation'],
    ['an empty body', ''],
    ['a body that is too large', { ...good, scenario: 'a'.repeat(20_000) }, 413],
    ['bytes that are not text', Buffer.from([0xff, 0xfe, 0x00, 0x7b])],
  ])('%s', (_, body, status = 400) => expectRefusal({ method: 'POST', path: '/api/sandboxes', body, status }));

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'scenario=session-fixation', 415],
    ['a form with a file', 'multipart/form-data; boundary=x', '--x--', 415],
    ['plain text', 'text/plain', JSON.stringify(good), 415],
    ['another JSON', 'application/ld+json', JSON.stringify(good), 415],
    ['no type', '', JSON.stringify(good), 415],
    ['JSON in an unknown charset', 'application/json; charset=klingon', JSON.stringify(good), 415],
  ])('%s', (_, type, body, status) =>
    expectRefusal({ method: 'POST', path: '/api/sandboxes', body, headers: { 'Content-Type': type }, status }),
  );

  test('a body with an unknown encoding', () =>
    expectRefusal({
      method: 'POST',
      path: '/api/sandboxes',
      body: good,
      headers: { 'Content-Encoding': 'zip' },
      status: 415,
    }));
});

describe('steps are refused:', () => {
  test.each<[string, unknown]>([
    ['none', {}],
    ['zero', { upTo: 0 }],
    ['less than none', { upTo: -1 }],
    ['one and a half', { upTo: 1.5 }],
    ['more than there are', { upTo: 6 }],
    ['very many', { upTo: 1e9 }],
    ['more than a number holds', '{"upTo":1e400}'],
    ['no number', '{"upTo":NaN}'],
    ['a string', { upTo: '1' }],
    ['a list', { upTo: [1] }],
    ['null', { upTo: null }],
    ['true', { upTo: true }],
    ['with an unknown field', { upTo: 3, downTo: 1 }],
  ])('%s', (_, body) => expectRefusal({ method: 'POST', path: '/api/sandboxes/:id/steps', body, status: 400 }));
});

describe('a jump in time is refused:', () => {
  test.each<[string, unknown]>([
    ['of nothing', {}],
    ['of zero', { ms: 0 }],
    ['back', { ms: -1 }],
    ['of half a millisecond', { ms: 0.5 }],
    ['of more than a leap year', { ms: 366 * 24 * 3_600_000 + 1 }],
    ['beyond every calendar', { ms: 1e20 }],
    ['of NaN', '{"ms":NaN}'],
    ['of infinity', '{"ms":1e999}'],
    ['of a string', { ms: '1000' }],
    ['of null', { ms: null }],
    ['with an unknown field', { ms: 1000, unit: 'days' }],
  ])('%s', (_, rest) => {
    const body =
      typeof rest === 'string' ? rest.replace('{', '{"do":"jump-time",') : { do: 'jump-time', ...(rest as object) };
    return expectRefusal({ method: 'POST', path: '/api/sandboxes/:id/actions', body, status: 400 });
  });
});

const nameOf = (key: string) => key.replace(/^sandbox:\w{12}:/, '');

describe('a key is not deleted:', () => {
  test.each<[string, () => string, status?: number]>([
    ['of another sandbox', () => othersKey],
    ['of this sandbox, under the namespace of another', () => `sandbox:${'0'.repeat(12)}:${nameOf(key)}`],
    ['without the namespace', () => nameOf(key)],
    ['of another program in the same Redis', () => 'somebodys-data'],
    ['the namespace alone', () => key.replace(/(?<=^sandbox:\w+:).*/, '')],
    ['all of the namespace', () => key.replace(/(?<=^sandbox:\w+:).*/, '*')],
    ['..', () => '..'],
    ['up and down again', () => `${key}/../${key}`],
    ['with a slash', () => `${key}/more`],
    ['with a NUL', () => `${key}\0`],
    ['no key', () => ''],
    ['__proto__', () => '__proto__'],
    ['a very long one', () => 'a'.repeat(10_000), 400],
  ])('%s', (_, name, status = 404) =>
    expectRefusal({
      method: 'POST',
      path: '/api/sandboxes/:id/actions',
      body: { do: 'delete-key', key: name() },
      status,
    }),
  );
});

describe('a manual action is refused:', () => {
  const request = { do: 'request', actor: 'alice', method: 'GET', url: '/me', origin: null, headers: [], body: null };
  const cookie = { actor: 'mallory', name: '__Host-sid', domain: 'shop.example', path: '/' };

  test.each<[string, unknown, status?: number]>([
    ['nothing', {}],
    ['null', 'null'],
    ['an unknown action', { do: 'format-disk' }],
    ['__proto__', { do: '__proto__' }],
    ['two actions at once', [request, request]],
    ['a request of an unknown actor', { ...request, actor: 'eve' }, 404],
    ['a request to another machine', { ...request, url: 'http://127.0.0.1:22/' }, 404],
    ['a request with a Host header', { ...request, origin: 'https://shop.example', headers: [['Host', 'x']] }],
    ['a request with half a header', { ...request, headers: [['X-A']] }],
    ['a request with 31 headers', { ...request, headers: Array(31).fill(['X-A', 'b']) }],
    ['a request with a method of two words', { ...request, method: 'GET /' }],
    ['a request with a line break for a method', { ...request, method: 'GET\r\n' }],
    ['a request with a long body', { ...request, method: 'POST', body: 'x'.repeat(8001) }],
    ['a request with a long address', { ...request, url: `/${'x'.repeat(2000)}` }],
    ['a request with a body that is an object', { ...request, method: 'POST', body: {} }],
    ['a request with an unknown field', { ...request, patience: 1e9 }],
    ['a cookie of an unknown actor', { do: 'delete-cookie', ...cookie, actor: 'eve' }, 404],
    ['an unknown cookie', { do: 'delete-cookie', ...cookie, name: 'none' }, 404],
    ['a cookie without a path', { do: 'delete-cookie', ...cookie, path: undefined }],
    ['a cookie with a line break', { do: 'edit-cookie', ...cookie, value: 'a\r\nb' }],
    ['a cookie outside Latin-1', { do: 'edit-cookie', ...cookie, value: '…' }],
    ['a cookie that is too long', { do: 'edit-cookie', ...cookie, value: 'x'.repeat(4097) }],
    ['a cookie copied to oneself', { do: 'copy-cookie', ...cookie, from: 'mallory' }],
    ['a value for an unknown key', { do: 'set-key', key: 'none', value: '' }, 404],
    ['a value that is too long', { do: 'set-key', key: 'none', value: 'x'.repeat(8001) }],
    ['a time to live of nothing', { do: 'expire-key', key: 'none', ms: 0 }],
    ['a time to live for an unknown key', { do: 'expire-key', key: 'none', ms: 1000 }, 404],
    ['FLUSHALL', { do: 'redis', line: 'FLUSHALL' }],
    ['an empty line', { do: 'redis', line: '' }],
    ['a line that is too long', { do: 'redis', line: `GET ${'x'.repeat(8000)}` }],
    ['a line that is a list', { do: 'redis', line: ['GET', 'a'] }],
    ['no session option', { do: 'session-options', change: {} }],
    ['an unknown session option', { do: 'session-options', change: { secret: 'x' } }],
    ['a maxAge as text', { do: 'session-options', change: { maxAge: '60000' } }],
    ['a maxAge below a second', { do: 'session-options', change: { maxAge: 1 } }],
    ['an unknown SameSite', { do: 'session-options', change: { sameSite: 'Lax' } }],
    ['trust in a name', { do: 'session-options', change: { trustProxy: 'loopback' } }],
    ['another store', { do: 'session-options', change: { store: 'file' } }],
  ])('%s', (_, body, status = 400) =>
    expectRefusal({ method: 'POST', path: '/api/sandboxes/:id/actions', body, status }),
  );
});

describe('an unknown sandbox is answered 404:', () => {
  test.each(['0123456789ab', '__proto__', 'constructor', 'toString', '..%2f..', '%00', 'a'.repeat(10_000), '*'])(
    '%s',
    async (unknown) => {
      const path = `/api/sandboxes/${unknown}`;
      await expectRefusal({ method: 'GET', path: `${path}/events`, status: 404 });
      await expectRefusal({ method: 'POST', path: `${path}/steps`, body: { upTo: 1 }, status: 404 });
      await expectRefusal({
        method: 'POST',
        path: `${path}/actions`,
        body: { do: 'jump-time', ms: 1000 },
        status: 404,
      });
      await expectRefusal({ method: 'GET', path: `${path}/play`, status: 404 });
      await expectRefusal({ method: 'GET', path: `${path}/scenario`, status: 404 });
      await expectRefusal({ method: 'DELETE', path, status: 404 });
    },
  );

  test('an id that cannot be decoded is answered 400', () =>
    expectRefusal({ method: 'DELETE', path: '/api/sandboxes/%zz', status: 400 }));
});

describe('the API does not have', () => {
  test.each([
    ['GET', '/api'],
    ['GET', '/api/'],
    ['GET', '/api/nothing'],
    ['GET', '/api/sandboxes'],
    ['GET', '/api/sandboxes/:id'],
    ['GET', '/api/sandboxes/:id/steps'],
    ['DELETE', '/api/sandboxes/:id/keys/:key'],
    ['PUT', '/api/sandboxes/:id'],
    ['PATCH', '/api/sandboxes/:id/actions'],
    ['DELETE', '/api/sandboxes'],
    ['DELETE', '/api/sandboxes/:id/events'],
    ['DELETE', '/api/catalogue'],
    ['OPTIONS', '/api/sandboxes'],
    ['GET', '/api/../package.json'],
    ['GET', '/api/%2e%2e/package.json'],
    ['TRACE', '/api/catalogue'],
  ])('%s %s', (method, path) => expectRefusal({ method, path, status: 404 }));

  test.each([
    '/api/catalogue',
    '/api/redis',
    '/api/sandboxes/:id',
    '/api/sandboxes/:id/events',
    '/api/sandboxes/:id/time',
  ])('POST %s', (path) => expectRefusal({ method: 'POST', path, body: {}, status: 404 }));
});
