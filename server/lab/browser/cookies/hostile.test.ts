import { expect, test } from 'vitest';
import { testHostileCookies } from '../../../../testing/hostileCookies.ts';
import type { RequestContext } from '../requestContext.ts';
import { createJar } from './jar.ts';

// From other hosts: hostile.full.test.ts.
testHostileCookies('https://shop.example/', 'http://[::1]/');

test('names of JavaScript object properties are ordinary cookie names', () => {
  const jar = createJar();
  const context: RequestContext = {
    url: new URL('https://shop.example/'),
    method: 'GET',
    initiator: null,
    navigation: true,
  };
  for (const name of ['__proto__', 'constructor', 'toString']) jar.receive(`${name}=1; Path=/`, context);
  expect(jar.send(context).header).toBe('__proto__=1; constructor=1; toString=1');
});
