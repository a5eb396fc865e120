/** What can be said of a request's code where the trace does not tell the lines. Pure. */
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { TraceHeader } from '../../../../scenarios/engine/trace.ts';
import { type Excerpt, replacements, type Sources } from './parts.ts';
import { handlerOf, routeOf } from './route.ts';

export interface Known {
  sentence: string;
  excerpts: Excerpt[];
}

/** The route and the function it names, and the weakness that was laid over the app: never a guess at lines. */
export function knownOf(sources: Sources, { scenario, variant }: TraceHeader, exchange: Exchange): Known {
  const { request, response, failure } = exchange;
  const by = response?.by;
  if (by?.includes('://')) return none(`${by} answered this: another site, and none of the app’s code.`);
  if (by === 'cache') return none('The shared cache answered this: the app was not asked, and none of its code ran.');

  const weakness = variant === 'vulnerable' ? scenario.weakness : null;
  const { pathname } = new URL(request.url);
  const route = routeOf(sources, request.method, pathname);
  const weak = weakness === null ? [] : replacements(sources, weakness).map((one) => one.weak);
  if (!route) {
    return {
      sentence: `No route in app.ts is for ${request.method} ${pathname}. ${weak.length > 0 ? 'The weakness that was laid over the app:' : ''}`,
      excerpts: weak,
    };
  }
  const handler = handlerOf(sources, route.handler, weakness);
  const routed = { file: 'server/app/app.ts', from: route.line, to: route.line };
  const excerpts = [routed, ...(handler ? [handler] : []), ...weak.filter(({ from }) => from !== handler?.from)];
  const lines =
    response || failure ? 'Which lines did it is not known for this request' : 'It has not been answered yet';
  const also = weak.length > 0 ? ', with the weakness that was laid over the app' : '';
  return { sentence: `${lines}. This is the route it met and what the route names${also}.`, excerpts };
}

const none = (sentence: string): Known => ({ sentence, excerpts: [] });
