/**
 * What session-fixation amounts to without the sandbox: the same requests to the same app, both variants, in one process.
 * `npm run bench` measures how much longer the sandbox takes.
 */
import { type IncomingMessage, request } from 'node:http';
import { type BareVariant, serveShop } from './bareShop.ts';
import { attack } from './tools/attack.ts';

async function play(variant: BareVariant): Promise<void> {
  const { port, close } = await serveShop(variant);
  await attack(variant, async (method, path, cookie, body) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      headers: {
        'X-Forwarded-Proto': 'https',
        ...(body && { 'Content-Type': 'application/json' }),
        ...(cookie && { Cookie: cookie }),
      },
    });
    outgoing.end(body && JSON.stringify(body));
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject);
    });
    const text = Buffer.concat(await incoming.toArray()).toString();
    return { setCookies: incoming.headers['set-cookie'] ?? [], json: JSON.parse(text) };
  });
  close();
}
await Promise.all([play('vulnerable'), play('protected')]);
process.exit(0);
