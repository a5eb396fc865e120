/** Express with two observers: one finds out which routes the app has, one which rejected promises nobody handles. */
import type { Express, IRouter, RequestHandler } from 'express';
import type { Parts } from '../../app/parts.ts';

type Framework = Parts['express'];

export interface Route {
  method: string;
  /** With its parameters as the app writes them: `/sessions/:handle/end`. */
  path: string;
}

/**
 * @param unhandled called with the error of each rejected promise of a handler that nobody handles. Without such a listener Node
 * ends the process (`unhandledRejection`). Processes with an error tracker have one and live on; here it keeps a lesson from
 * ending the lab and its neighbors.
 * @returns the framework to create the app with, and the routes of the app that was created last
 */
export function observe(
  framework: Framework,
  unhandled: (error: unknown) => void,
): { express: Framework; routes(): Route[] } {
  /** Paths of routers: a router knows only the paths of its routes, and Express 5 keeps no text of the mount path. */
  const mounts = new Map<unknown, string>();
  let app: Express | undefined;

  const observed = () => {
    const created = framework();
    // In any other environment Express prints errors that come after the headers. Here the trace shows them.
    created.set('env', 'test');
    for (const method of ['use', 'get', 'post', 'delete'] as const) {
      const original = created[method].bind(created) as (...args: unknown[]) => unknown;
      const observing = (...args: unknown[]) => {
        const [path, ...handlers] = args;
        if (typeof path === 'string') for (const handler of handlers) mounts.set(handler, path);
        return original(...args.map((arg) => reportingRejections(arg, unhandled)));
      };
      Object.assign(created, { [method]: observing });
    }
    app = created;
    return created;
  };

  return {
    express: Object.assign(observed, framework) as Framework,
    routes() {
      if (!app) return [];
      // Express 4 has the router as `_router` and throws when `router` is read.
      const { _router: router = app.router } = app as Express & { _router?: IRouter };
      return routesIn(router, '', mounts);
    },
  };
}

/** What both Express 4 and 5 keep of a router. Their types do not declare it. */
interface Layer {
  route?: { path: unknown; methods: Record<string, boolean> };
  handle: unknown;
}

function routesIn(router: IRouter, prefix: string, mounts: Map<unknown, string>): Route[] {
  return (router.stack as unknown as Layer[]).flatMap(({ route, handle }) => {
    if (isRouter(handle)) return routesIn(handle, prefix + (mounts.get(handle) ?? ''), mounts);
    if (typeof route?.path !== 'string') return [];
    const path = prefix + route.path;
    return Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path }));
  });
}

const isRouter = (handle: unknown): handle is IRouter => typeof handle === 'function' && 'stack' in handle;

/** The same handler; rejections of its promises are reported. Returns routers, error handlers and paths unchanged. */
function reportingRejections(handler: unknown, unhandled: (error: unknown) => void): unknown {
  if (typeof handler !== 'function' || isRouter(handler) || handler.length > 3) return handler;
  const handle = handler as (...args: Parameters<RequestHandler>) => unknown;
  return (...args: Parameters<RequestHandler>) => {
    const returned = handle(...args);
    if (returned instanceof Promise) reportRejection(returned, unhandled);
    return returned;
  };
}

/** Reports a rejection unless somebody else has called the promise's `then`, as Express 5 does. */
function reportRejection(promise: Promise<unknown>, unhandled: (error: unknown) => void): void {
  let handled = false;
  const { then } = promise;
  // Before `then` is replaced, because this call must not count.
  then.call(promise, undefined, (error) => {
    if (!handled) unhandled(error);
  });
  // `void`: this returns the same promise, which is handled above.
  void Object.defineProperty(promise, 'then', {
    value: (...args: Parameters<typeof then>) => {
      handled = true;
      return then.apply(promise, args);
    },
  });
}
