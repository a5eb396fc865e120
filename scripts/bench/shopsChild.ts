/** A process that serves both variants of the bare shop, for the tools that `npm run bench` compares with. */
import { serveShop } from './bareShop.ts';
import { tellParent } from './child.ts';

export type ShopPorts = Record<'vulnerable' | 'protected', number>;

const [vulnerable, fixed] = await Promise.all([serveShop('vulnerable'), serveShop('protected')]);
tellParent({ vulnerable: vulnerable.port, protected: fixed.port } satisfies ShopPorts, async () => {
  vulnerable.close();
  fixed.close();
});
