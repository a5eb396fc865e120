/** Session fixation with Playwright's API for requests, against shops that run already. */
import { request } from 'playwright-core';
import { attack, ports } from './attack.ts';

for (const [variant, port] of ports) {
  const context = await request.newContext({ baseURL: `http://127.0.0.1:${port}` });
  await attack(variant, async (method, path, cookie, data) => {
    const headers = { 'X-Forwarded-Proto': 'https', ...(cookie && { Cookie: cookie }) };
    const response = await context.fetch(path, { method, headers, ...(data && { data }) });
    const setCookies = response.headersArray().flatMap(({ name, value }) => (/^set-cookie$/i.test(name) ? value : []));
    return { setCookies, json: await response.json() };
  });
  await context.dispose();
}
process.exit();
