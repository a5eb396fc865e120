/** The routes an app really has, read from its routers. */
import type { Express, IRouter } from 'express';
import type { Parts } from '../../app/parts.ts';

type Framework = Parts['express'];

export interface Route {
  method: string;
  /** With its parameters as the app writes them: `/sessions/:handle/end`. */
  path: string;
}

/** What both Express 4 and 5 keep of a router; neither has it in its types. */
interface Layer {
  route?: { path: unknown; methods: Record<string, boolean> };
  handle: unknown;
}

/**
 * Notes under which path each router is mounted: a router itself knows no path but those of its routes, and Express 5 keeps of
 * the mount only the function that matches it.
 */
export function noteMounts(framework: Framework): { framework: Framework; routes(): Route[] } {
  const mounts = new Map<unknown, string>();
  let app: Express | undefined;

  const noting = () => {
    const made = framework();
    const use = made.use.bind(made) as (...args: unknown[]) => unknown;
    const noted = (...args: unknown[]) => {
      const [path, ...handlers] = args;
      if (typeof path === 'string') for (const handler of handlers) mounts.set(handler, path);
      return use(...args);
    };
    app = Object.assign(made, { use: noted });
    return app;
  };

  const within = (layers: readonly Layer[], prefix: string): Route[] =>
    layers.flatMap(({ route, handle }) => {
      if (route) return routesAt(prefix, route);
      return isRouter(handle) ? within(handle.stack as unknown as Layer[], prefix + (mounts.get(handle) ?? '')) : [];
    });

  return {
    framework: Object.assign(noting, framework) as Framework,
    routes() {
      if (!app) return [];
      // Express 4 calls it `_router`, and throws for `router`.
      const { _router: router = app.router } = app as Express & { _router?: IRouter };
      return within(router.stack as unknown as Layer[], '');
    },
  };
}

const isRouter = (handle: unknown): handle is IRouter => typeof handle === 'function' && 'stack' in handle;

function routesAt(prefix: string, { path, methods }: NonNullable<Layer['route']>): Route[] {
  if (typeof path !== 'string') return [];
  return Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: prefix + path }));
}
