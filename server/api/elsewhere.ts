/** Requests about sandboxes that worker processes have, seen from the first process, which gets all requests. */
import type { Request, Response, Router } from 'express';
import type { OwnSandbox } from '../workshop/ownRuns.ts';
import type { Workshops } from '../workshop/workshops.ts';
import { isAtThisMachine, requireInRoom } from './workshop/visitors.ts';

/** The worker processes. */
export interface Elsewhere {
  /**
   * Lets a worker do what the request asks for, and answers what the worker answers.
   * @param opened is told of the sandbox that it opens for that, if it opens one, before its steps are played
   */
  begin(req: Request, res: Response, opened: (sandbox: OwnSandbox) => void): Promise<void>;
  /**
   * Answers the request if a worker has this sandbox. Resolves to whether one has.
   * @throws SandboxError `sandbox-lost` when the worker that had it has died
   */
  answer(sandbox: string, req: Request, res: Response): Promise<boolean>;
}

/**
 * Adds routes that pass requests on. The person at this machine and the driver of a workshop are served by the first process itself, which has
 * nothing else to do than to serve the room: so no participant's run delays a step of the driver.
 */
export function addElsewhereRoutes(router: Router, elsewhere: Elsewhere, workshops: Workshops): void {
  router.post(['/sandboxes', '/limits'], async (req, res, next) => {
    const visitor = requireInRoom(workshops, req);
    if (visitor?.role === 'driver' || isAtThisMachine(req)) return next();
    await elsewhere.begin(req, res, (sandbox) => {
      if (visitor?.role === 'participant') workshops.current?.ownRuns.add(visitor.id, sandbox);
    });
  });

  router.use('/sandboxes/:id', async (req: Request<{ id: string }>, res, next) => {
    if (!(await elsewhere.answer(req.params.id, req, res))) next();
  });
}
