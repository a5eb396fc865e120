import type { RequestHandler } from 'express';
import type { Parts } from '../../app/parts.ts';

type Framework = Parts['express'];

/**
 * The framework, listened to where Node would listen: a handler's promise that rejects and that nobody asked about is an
 * `unhandledRejection`. Left alone, Node ends the whole process for it; a process with a listener for that event, as error
 * trackers install one, lives on. This is such a listener for one app, so that a lesson neither ends the lab nor its neighbours.
 * @param told called with the error of each such promise
 */
export function listenForUnhandled(framework: Framework, told: (error: unknown) => void): Framework {
  const listening = () => {
    const app = framework();
    // Express writes what comes after the headers to the console, except here: the learner sees it in the trace.
    app.set('env', 'test');
    for (const method of ['use', 'get', 'post', 'delete'] as const) {
      const usual = app[method].bind(app) as (...args: unknown[]) => unknown;
      Object.assign(app, { [method]: (...args: unknown[]) => usual(...args.map((arg) => heard(arg, told))) });
    }
    return app;
  };
  return Object.assign(listening, framework) as Framework;
}

/** The handler, with an ear at the promise it returns. Routers and error handlers stay as they are. */
function heard(handler: unknown, told: (error: unknown) => void): unknown {
  if (typeof handler !== 'function' || 'stack' in handler || handler.length > 3) return handler;
  const run = handler as (...args: Parameters<RequestHandler>) => unknown;
  return (...args: Parameters<RequestHandler>) => {
    const returned = run(...args);
    if (returned instanceof Promise) listen(returned, told);
    return returned;
  };
}

/** Tells of a rejection unless somebody else has asked the promise for its outcome, as Express 5 does with `then`. */
function listen(promise: Promise<unknown>, told: (error: unknown) => void): void {
  let asked = false;
  const { then } = promise;
  // Before the next line: `catch` asks by way of `then`, and this one must not count.
  then.call(promise, undefined, (error) => {
    if (!asked) told(error);
  });
  Object.defineProperty(promise, 'then', {
    value: (...args: Parameters<typeof then>) => {
      asked = true;
      return then.apply(promise, args);
    },
  });
}
