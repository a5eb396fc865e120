/** Finds the code of a request whose lines the trace does not name: its route, its handler, and the weakness. */
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { appFile, definitionOf, type Excerpt, replacements, type Sources } from './parts.ts';

export interface Known {
  sentence: string;
  excerpts: Excerpt[];
}

/** Returns what is certain about the request. It never guesses at lines. */
export function knownOf(sources: Sources, { scenario, variant }: TraceHeader, exchange: Exchange): Known {
  const { request, response, failure } = exchange;
  const by = response?.by;
  if (by?.includes('://')) return none(`${by} answered this. It is another site, so no code of the app ran.`);
  if (by === 'cache') return none('The shared cache answered this, so no code of the app ran.');

  const weakness = variant === 'vulnerable' ? scenario.weakness : null;
  const { pathname } = new URL(request.url);
  const route = routeOf(sources, request.method, pathname);
  const weak = weakness === null ? [] : replacements(sources, weakness).map((one) => one.weak);
  if (!route) {
    const also = weak.length > 0 ? ' This is the weakness of the app:' : '';
    return { sentence: `No route in app.ts matches ${request.method} ${pathname}.${also}`, excerpts: weak };
  }
  const handler = handlerOf(sources, route.handler, weakness);
  const routed = { file: appFile, from: route.line, to: route.line };
  const excerpts = [routed, ...(handler ? [handler] : []), ...weak.filter(({ from }) => from !== handler?.from)];
  const lines = response || failure ? 'The trace does not name the lines that ran' : 'This request has no answer yet';
  const also = weak.length > 0 ? ', with the weakness of the app' : '';
  return { sentence: `${lines}. This is its route and its handler${also}.`, excerpts };
}

const none = (sentence: string): Known => ({ sentence, excerpts: [] });

export interface Route {
  /** The line in app.ts. Lines count from 1. */
  line: number;
  /** The last function that the line calls. It answers the request unless a middleware before it does. */
  handler: string;
}

/** Returns the route in app.ts for a method and a path, or null when there is none. */
export function routeOf(sources: Sources, method: string, path: string): Route | null {
  let prefix = '';
  const lines = (sources[appFile] ?? '').split('\n');
  for (const [index, text] of lines.entries()) {
    const router = /^(?:export )?function (\w+)\(/.exec(text)?.[1];
    if (router) prefix = new RegExp(`app\\.use\\('([^']+)', ${router}\\(`).exec(lines.join('\n'))?.[1] ?? '';
    const [, verb = '', pattern = '', handlers = ''] =
      /^\s+(?:app|router)\.(get|post|put|patch|delete)\('([^']+)', (.*)\);$/.exec(text) ?? [];
    const handler = handlers.match(/\w+(?=\()/g)?.at(-1);
    if (verb.toUpperCase() === method && handler && matches(prefix + pattern, path))
      return { line: index + 1, handler };
  }
  return null;
}

/** Matches a path as Express does: in any letter case, with or without a final slash, with any value for `:handle`. */
function matches(pattern: string, path: string): boolean {
  const shape = pattern.replace(/:\w+/g, '[^/]+').replace(/\/$/, '');
  return new RegExp(`^${shape}/?$`, 'i').test(path);
}

/** Returns where a handler is: in the weakness when that replaces it, and otherwise in the app. */
export function handlerOf(sources: Sources, handler: string, weakness: string | null): Excerpt | null {
  const replaced = weakness === null ? undefined : replacements(sources, weakness).find(({ part }) => part === handler);
  return replaced ? replaced.weak : definitionOf(sources, handler);
}
