import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { firstPageScript } from '../firstPage.ts';

/**
 * Builds the page, which fails as `npm run build` does.
 *
 * @returns the size of the scripts of the first page after gzip, in bytes, as the build counts them for its own limit
 */
export async function buildPage(): Promise<number> {
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  const { NODE_ENV } = process.env;
  const built = await build({ configFile, logLevel: 'error' });
  // A build sets it, and what the bench starts afterwards must not inherit it.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  const files = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  return firstPageScript(files.filter((file) => file.type === 'chunk'));
}
