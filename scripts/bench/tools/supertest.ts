/** Session fixation as a test of node:test with supertest, against shops that run already. */
import { test } from 'node:test';
import supertest from 'supertest';
import { attack, ports } from './attack.ts';

for (const [variant, port] of ports) {
  test(variant, () =>
    attack(variant, async (method, path, cookie, body) => {
      const sent = supertest(`http://127.0.0.1:${port}`)
        [method === 'GET' ? 'get' : 'post'](path)
        .set('X-Forwarded-Proto', 'https');
      if (cookie) sent.set('Cookie', cookie);
      const { headers, body: json } = await (body ? sent.send(body) : sent);
      return { setCookies: [headers['set-cookie'] ?? []].flat(), json };
    }),
  );
}
