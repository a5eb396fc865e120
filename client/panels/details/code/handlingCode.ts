/** Finds the code of the app that handled a request. */
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import { laidOver } from '../../../../scenarios/engine/repairs.ts';
import type { CodePlace, RedisCommand, TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { samePlace } from '../codePlace.ts';
import { appFile, definitionOf, type Excerpt, replacements, sourceOf } from './appSource.ts';
import { declarationsIn } from './syntax.ts';

export interface HandlingCode {
  /** The lines that the trace names, in the order of their first effect. */
  lines: DecisiveLine[];
  /** The code to show. */
  excerpts: Excerpt[];
  /** Says why the lines are not known, and which code is shown instead; null when they are known. */
  explanation: string | null;
}

/** A line that caused a Redis command or the response. */
export interface DecisiveLine extends CodePlace {
  /** Oldest first. */
  commands: RedisCommand[];
  /** The status with which this line answered, or null when it did not answer. */
  answered: number | null;
}

/**
 * Returns the lines that the trace names, with the statements around them. If it names none that this copy of the app has,
 * returns the route and its handler.
 */
export function handlingCode(header: TraceHeader, exchange: Exchange): HandlingCode {
  const lines = decisiveLines(exchange);
  const excerpts = statementsAround(lines);
  return excerpts.length > 0 ? { lines, excerpts, explanation: null } : { lines: [], ...routeCode(header, exchange) };
}

/** Returns the lines of the app that caused the Redis commands and the response, in the order of their first effect. */
export function decisiveLines({ commands, response }: Exchange): DecisiveLine[] {
  const places = [...commands, ...(response ? [response] : [])].flatMap(({ code }) => code ?? []);
  const different = places.filter((place, index) => places.findIndex((other) => samePlace(other, place)) === index);
  return different.map((place) => ({
    ...place,
    commands: commands.filter(({ code }) => code && samePlace(code, place)),
    answered: response?.code && samePlace(response.code, place) ? response.status : null,
  }));
}

/**
 * Returns the whole statements around these lines, file by file, in the order in which the files first appear. A line
 * that does not exist in this copy of the app has no statement, for example a line in a trace of another version.
 */
export function statementsAround(places: readonly CodePlace[]): Excerpt[] {
  const files = [...new Set(places.map(({ file }) => file))];
  return files.flatMap((file) => {
    const lines = places.filter((place) => place.file === file).map(({ line }) => line);
    return declarationsIn(sourceOf(file))
      .filter(({ from, to }) => lines.some((line) => from <= line && line <= to))
      .map(({ from, to }) => ({ file, from, to }));
  });
}

/** Returns the route, the handler and the weakness or repair of a request. These are certain, even if the lines are not known. */
export function routeCode(header: TraceHeader, exchange: Exchange) {
  const { request, response, failure } = exchange;
  const by = response?.by;
  if (by?.includes('://')) {
    return { explanation: `${by} answered this. It is another site, so no code of the app ran.`, excerpts: [] };
  }
  if (by === 'cache')
    return { explanation: 'The shared cache answered this, so no code of the app ran.', excerpts: [] };

  const weakness = laidOver(header);
  const what = header.repair === undefined ? 'weakness' : 'repair';
  const { pathname } = new URL(request.url);
  const route = routeOf(request.method, pathname);
  const weak = weakness === null ? [] : replacements(weakness).map((one) => one.weak);
  if (!route) {
    const also = weak.length > 0 ? ` This is the ${what} of the app:` : '';
    return { explanation: `No route in app.ts matches ${request.method} ${pathname}.${also}`, excerpts: weak };
  }
  const handler = handlerOf(route.handler, weakness);
  const routed = { file: appFile, from: route.line, to: route.line };
  const excerpts = [routed, ...(handler ? [handler] : []), ...weak.filter(({ from }) => from !== handler?.from)];
  const why = response || failure ? 'The trace does not name the lines that ran' : 'This request has no answer yet';
  const also = weak.length > 0 ? `, with the ${what} of the app` : '';
  return { explanation: `${why}. This is its route and its handler${also}.`, excerpts };
}

export interface Route {
  /** The line in app.ts. Lines count from 1. */
  line: number;
  /** The last function that the line calls. It answers the request unless a middleware before it does. */
  handler: string;
}

/** Returns the route in app.ts for a method and a path, or null when there is none. */
export function routeOf(method: string, path: string): Route | null {
  let prefix = '';
  const lines = sourceOf(appFile).split('\n');
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
export function handlerOf(handler: string, weakness: string | null): Excerpt | null {
  const replaced = weakness === null ? undefined : replacements(weakness).find(({ part }) => part === handler);
  return replaced ? replaced.weak : definitionOf(handler);
}
