/** The route of the app that a request meets, read off server/app/app.ts. Pure. */
import { declarationOf, type Excerpt, importedFrom, partOf, replacements, type Sources } from './parts.ts';

const appFile = 'server/app/app.ts';

export interface Route {
  /** The line of app.ts, counted from 1. */
  line: number;
  /** The last function named on it: the one that answers unless a guard before it does. */
  handler: string;
}

/** The route for a method and a path; null when app.ts names none. */
export function routeOf(sources: Sources, method: string, path: string): Route | null {
  let prefix = '';
  const lines = (sources[appFile] ?? '').split('\n');
  for (const [index, text] of lines.entries()) {
    const routerOf = /^function (\w+)\(/.exec(text)?.[1];
    if (routerOf) prefix = new RegExp(`app\\.use\\('([^']+)', ${routerOf}\\(`).exec(lines.join('\n'))?.[1] ?? '';
    const [, verb = '', pattern = '', rest = ''] =
      /^\s+(?:app|router)\.(get|post|put|patch|delete)\('([^']+)', (.*)\);$/.exec(text) ?? [];
    const handler = rest.match(/\w+(?=\()/g)?.at(-1);
    if (verb.toUpperCase() === method && handler && matches(prefix + pattern, path))
      return { line: index + 1, handler };
  }
  return null;
}

/** `/sessions/:handle/end` for `/sessions/3f/end`; Express takes a slash at the end as none, and any letter case. */
function matches(pattern: string, path: string): boolean {
  const shape = pattern.replace(/:\w+/g, '[^/]+').replace(/\/$/, '');
  return new RegExp(`^${shape}/?$`, 'i').test(path);
}

/** Where that function is: in the weakness where one is laid over and replaces it, else in its own file. */
export function handlerOf(sources: Sources, handler: string, weakness: string | null): Excerpt | null {
  const replaced = weakness === null ? undefined : replacements(sources, weakness).find(({ part }) => part === handler);
  if (replaced) return replaced.weak;
  const file = importedFrom(sources, appFile, handler);
  return file === null ? partOf(sources, handler) : declarationOf(sources, file, handler);
}
