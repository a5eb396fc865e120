/** Who a request to the workshop comes from. */
import type { Request } from 'express';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { WorkshopRole } from '../../../scenarios/engine/workshop.ts';
import { atThisMachine } from '../../lab/shares.ts';
import type { Visitor } from '../../workshop/passes.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { Workshops } from '../../workshop/workshops.ts';
import { clientOf } from '../clients.ts';

export const isAtThisMachine = (req: Request) => clientOf(req) === atThisMachine;

/** @throws SandboxError `no-workshop` */
export function requireWorkshop({ current }: Workshops): Workshop {
  if (!current)
    throw new SandboxError('no-workshop', 'No workshop is open here. Ask the instructor whether it is over.');
  return current;
}

/** Returns who sent the request; undefined for somebody who has not entered. */
export function visitorOf(workshop: Workshop, req: Request): Visitor | undefined {
  const token = tokenOf(req);
  return token === undefined ? undefined : workshop.visitor(token);
}

function tokenOf(req: Request): string | undefined {
  // RFC 6750 section 2.1. The name of the scheme may be written in any case.
  const [, token] = /^bearer ([\w-]{1,100})$/i.exec(req.get('authorization') ?? '') ?? [];
  return token;
}

/** @throws SandboxError `no-workshop`, `unknown-token`, `not-your-role` */
export function requireRole(workshops: Workshops, req: Request, ...roles: WorkshopRole[]) {
  const workshop = requireWorkshop(workshops);
  const token = tokenOf(req);
  const visitor = visitorOf(workshop, req);
  if (!visitor) throw token !== undefined && workshop.isOfAnother(token) ? otherRoom() : unknownToken();
  if (roles.length > 0 && !roles.includes(visitor.role)) throw notYourRole(roles[0]!);
  return { workshop, visitor };
}

/**
 * Returns who opens a sandbox. While a workshop is open, only the people in the room and the person at this machine may do that.
 * @throws SandboxError `unknown-token`
 */
export function requireInRoom(workshops: Workshops, req: Request): Visitor | undefined {
  const { current } = workshops;
  const visitor = current ? visitorOf(current, req) : undefined;
  if (current && !visitor && !isAtThisMachine(req)) throw unknownToken();
  return visitor;
}

const unknownToken = () =>
  new SandboxError('unknown-token', 'Enter the code of the room first. The projector shows it.');

const otherRoom = () =>
  new SandboxError('no-workshop', 'The room that you were in has ended. This is another one, with another code.');

const notYourRole = (role: WorkshopRole) =>
  new SandboxError('not-your-role', `Only the ${role} of this workshop can do that.`);
