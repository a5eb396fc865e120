/**
 * How Node resolves the modules that a scenario file imports. Plain JavaScript, because it runs in a thread of its own, without a
 * TypeScript loader.
 */
let own;

/** @param data the URL of what `session-sandbox` gives to this process */
export function initialize(data) {
  own = data.entry;
}

/**
 * `session-sandbox` is this process, wherever the file is and whatever version is installed there: a scenario of another copy would be
 * checked by other rules. TypeScript files are ES modules, also in a folder whose package.json does not say so.
 */
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier === 'session-sandbox' ? own : specifier, context);
  const isTypeScript = /\.m?tsx?([?#]|$)/.test(resolved.url) && !resolved.url.includes('/node_modules/');
  return isTypeScript ? { ...resolved, format: 'module' } : resolved;
}
