import { describe, expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { createVirtualActor } from '../../../testing/virtualActor.ts';

const shop = 'https://shop.example';
const evil = 'https://evil.example';

/** A browser whose servers answer with the status and the headers in the query of the address. */
function openBrowser() {
  const { actor, recorder } = createVirtualActor(({ url }) => {
    const fields = [...url.searchParams] as Header[];
    const [, status = '200'] = fields.find(([name]) => name === 'status') ?? [];
    const headers = fields.filter(([name]) => name !== 'status');
    return { status: Number(status), statusText: '', headers, body: 'a page', by: 'app' };
  });
  const events = () => recorder.trace.events;
  return {
    actor,
    sent: () => events().flatMap((event) => (event.type === 'request' ? [`${event.method} ${event.url}`] : [])),
    notes: () => events().flatMap((event) => (event.type === 'request' ? [event.note] : [])),
    shown: () => events().flatMap((event) => (event.type === 'page-shown' ? [event.url] : [])),
    stops: () => events().flatMap((event) => (event.type === 'stopped' ? [[event.request, event.why]] : [])),
  };
}

const respond = (fields: Record<string, string>) => `/?${new URLSearchParams(fields)}`;
const redirect = (location: string) => respond({ status: '302', Location: location });

describe('mixed content', () => {
  test('a script of an https page fetches nothing from http, and the trace says why', async () => {
    const { actor, sent, stops } = openBrowser();
    const answer = await actor.on(shop).get('http://shop.example/');
    expect([answer.status, answer.by]).toEqual([0, 'blocked as mixed content']);
    expect(sent()).toEqual([]);
    expect(stops()).toEqual([[null, expect.stringContaining('mixed content')]]);
  });

  test('an image is asked over https instead, and says so', async () => {
    const { actor, sent, notes } = openBrowser();
    await actor.on(shop).image('http://evil.example:8080/');
    expect(sent()).toEqual(['GET https://evil.example:8080/']);
    expect(notes()).toEqual(['an image, upgraded to https']);
  });

  test('a style sheet is not asked for over http', async () => {
    const { actor, sent, stops } = openBrowser();
    expect((await actor.on(shop).styleSheet('http://shop.example/')).by).toBe('blocked as mixed content');
    expect(sent()).toEqual([]);
    expect(stops()).toEqual([[null, 'mixed content: an https page may not use a style sheet that comes over http']]);
  });

  test('a form is held back, also when a redirect that keeps its body leads to http', async () => {
    const { actor, sent, stops } = openBrowser();
    expect((await actor.on(shop).form('http://evil.example/', {})).by).toBe('held back by the browser');
    await actor.on(shop).form(shop + respond({ status: '307', Location: 'http://evil.example/' }), {});
    expect(sent()).toHaveLength(1);
    expect(stops()).toHaveLength(2);
  });

  test('links lead to http, an http page may fetch it, and this machine needs no https', async () => {
    const { actor, sent } = openBrowser();
    await actor.on(shop).link('http://shop.example/');
    await actor.on('http://shop.example').get('/');
    await actor.on(shop).get('http://localhost:3000/');
    expect(sent()).toHaveLength(3);
  });
});

describe('CORS', () => {
  test('the trace says why a script does not get the response, and which one', async () => {
    const { actor, stops } = openBrowser();
    await actor.on(evil).get(`${shop}/`);
    await actor.on(evil).post(`${shop}/`, {});
    expect(stops()).toEqual([
      [
        1,
        expect.stringMatching(/may not read the response.*no Access-Control-Allow-Origin names https:\/\/evil.example/),
      ],
      [2, expect.stringMatching(/^the preflight response does not allow/)],
    ]);
  });

  test('a preflight that is remembered is not sent again, until its time has passed', async () => {
    const { actor, sent, notes } = openBrowser();
    const allowed = {
      ...{ 'Access-Control-Allow-Origin': evil, 'Access-Control-Allow-Credentials': 'true' },
      ...{ 'Access-Control-Allow-Headers': 'Content-Type', 'Access-Control-Max-Age': '60' },
    };
    const post = () => actor.on(evil).post(shop + respond(allowed), {});
    await post();
    await post();
    actor.age(61_000);
    await post();
    expect(sent().map((line) => line.split(' ')[0])).toEqual(['OPTIONS', 'POST', 'POST', 'OPTIONS', 'POST']);
    expect(notes()[2]).toBe('allowed by a preflight that the browser remembers');
  });
});

describe('a redirect', () => {
  test.each([
    ['http://[', `redirects to "http://[", which is no address`],
    [
      'javascript:alert(1)',
      `redirects to "javascript:alert(1)", and a browser follows a redirect to http and https only`,
    ],
    ['data:text/html,a', 'follows a redirect to http and https only'],
  ])('to "%s" is not followed: a sentence says why', async (location, why) => {
    const { actor, sent, stops } = openBrowser();
    await expect(actor.visit(shop + redirect(location))).rejects.toThrow(why);
    expect(sent()).toHaveLength(1);
    expect(stops()).toEqual([[1, expect.stringContaining(why)]]);
  });

  test.each([
    ['http://[', 'which is no address'],
    ['javascript:alert(1)', 'http and https only'],
    ['https://alice:secret@shop.example/', 'to an address with a name or a password'],
  ])('of a fetch() or an image to "%s" is a network error to the page, which goes on', async (location, why) => {
    const { actor, sent, stops } = openBrowser();
    const page = actor.on(shop);
    const seen = [await page.get(redirect(location)), await page.image(shop + redirect(location))];
    for (const response of seen) expect(response).toMatchObject({ status: 0, text: '', by: 'a network error' });
    expect(sent()).toHaveLength(2);
    expect(stops()).toEqual([1, 2].map((request) => [request, expect.stringContaining(why)]));
  });

  test.each(['', ' '])('with the Location "%s" is shown as it is: a sentence says why', async (location) => {
    const { actor, sent, stops } = openBrowser();
    expect((await actor.visit(shop + redirect(location))).status).toBe(302);
    expect(sent()).toHaveLength(1);
    expect(stops()).toEqual([[1, expect.stringContaining('Location is blank')]]);
  });

  test('to two addresses is not followed', async () => {
    const { actor } = openBrowser();
    const twice = `${shop}/?status=302&Location=/a&Location=/b`;
    await expect(actor.visit(twice)).rejects.toThrow('redirects to two addresses (/a and /b)');
  });

  test('keeps what was behind the #, unless it has its own', async () => {
    const { actor, shown } = openBrowser();
    await actor.visit(`${shop}${redirect('/one')}#part`);
    await actor.visit(`${shop}${redirect('/two#own')}#part`);
    for (const _ of [1, 2]) await actor.visit(`${shop}/three`);
    await actor.back();
    await actor.back();
    expect(shown()).toEqual([`${shop}/two#own`, `${shop}/one#part`]);
  });
});

test('Back to the answer to a form with no-store sends nothing, and says what the browser asks', async () => {
  const { actor, sent, stops } = openBrowser();
  await actor.on(shop).form(shop + respond({ 'Cache-Control': 'no-store' }), {});
  await actor.visit(`${shop}/two`);
  expect((await actor.back()).by).toBe('held back by the browser');
  expect(sent()).toHaveLength(2);
  expect(stops()).toEqual([[null, expect.stringContaining('asks whether to send the form again')]]);
});
