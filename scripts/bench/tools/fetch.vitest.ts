/** Session fixation as a test of vitest with fetch, against shops that run already. */
import { test } from 'vitest';
import { attack, ports } from './attack.ts';

for (const [variant, port] of ports) {
  test(variant, () =>
    attack(variant, async (method, path, cookie, body) => {
      const headers = {
        'X-Forwarded-Proto': 'https',
        ...(cookie && { Cookie: cookie }),
        ...(body && { 'Content-Type': 'application/json' }),
      };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      return { setCookies: response.headers.getSetCookie(), json: await response.json() };
    }),
  );
}
