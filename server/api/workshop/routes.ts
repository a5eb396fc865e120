import { type Request, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { minutes } from '../../../scenarios/engine/durations.ts';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import {
  type Agenda,
  type Agendas,
  type ChooseAgenda,
  chooseAgenda,
  type Driven,
  driveAction,
  type EnteredWorkshop,
  enterWorkshop,
  type LanAddresses,
  newKey,
  openWorkshop,
  press,
  roomAnswer,
  roomReady,
  type WorkshopHere,
  type WorkshopKey,
  type WorkshopRole,
} from '../../../scenarios/engine/workshop.ts';
import type { CountedSandboxes } from '../../lab/sandboxes.ts';
import { readAgenda, WrongAgenda } from '../../workshop/agenda.ts';
import { isShipped, offeredAgendas, shippedAgenda, shippedAgendas } from '../../workshop/agendas.ts';
import { keyLifetime } from '../../workshop/passes.ts';
import { summaryCsv } from '../../workshop/summary.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { Workshops } from '../../workshop/workshops.ts';
import { clientAt, shareOf } from '../clients.ts';
import { streamWorkshop } from './stream.ts';
import { isAtThisMachine, requireRole, requireWorkshop } from './visitors.ts';

/** A class behind one address mistypes the code now and then. Nobody guesses one of two hundred million codes with so many tries. */
const wrongCodes = 60;

/**
 * The API of a workshop. Its requests and answers are defined in scenarios/engine/workshop.ts.
 *
 * @param scenarios what an agenda may name
 */
export function workshopApi(workshops: Workshops, sandboxes: CountedSandboxes, scenarios: readonly Scenario[]): Router {
  const router = Router();

  router.get('/', (req, res) => {
    const mayOpen = workshops.mayOpen && isAtThisMachine(req);
    res.json({ open: workshops.current !== null, mayOpen } satisfies WorkshopHere);
  });

  router.get('/addresses', async (req, res) => {
    requireThisMachine(req);
    res.json({ addresses: await workshops.addresses() } satisfies LanAddresses);
  });

  router.post('/', async (req, res) => {
    requireThisMachine(req);
    const workshop = await workshops.open(openWorkshop.parse(req.body).address);
    res.status(201).json(driverKey(workshop, req));
  });

  const guessing = rateLimit({
    windowMs: minutes(1),
    limit: wrongCodes,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (req) => clientAt(req.socket.remoteAddress),
    handler: () => {
      throw new SandboxError('too-many', 'Too many wrong codes came from this network. Wait a minute.', {
        retryAfter: 60,
      });
    },
  });
  router.post('/enter', guessing, (req, res) => {
    const workshop = requireWorkshop(workshops);
    const asked = enterWorkshop.parse(req.body);
    const entered =
      'code' in asked
        ? workshop.enter(asked.code, () => shareOf(sandboxes.shares, req).hold('participants'))
        : workshop.redeem(asked.key, { takeOver: asked.takeOver, atMachine: isAtThisMachine(req) });
    res.status(201).json(entered satisfies EnteredWorkshop);
  });

  router.post('/keys', (req, res) => {
    const { workshop } = requireRole(workshops, req, 'driver');
    const { role } = newKey.parse(req.body);
    const key = workshop.newKey(role);
    // The projector's window is opened by the driver's own page.
    const host = role === 'screen' ? req.get('host')! : workshop.address;
    res.status(201).json(keyFor(role, key, host, keyLifetime));
  });

  router.get('/events', (req, res) => {
    const { workshop, visitor } = requireRole(workshops, req);
    // Express answers HEAD as it does GET, and this response would never end.
    if (req.method === 'HEAD') return void res.type('text/event-stream').end();
    const release = shareOf(sandboxes.shares, req).hold('streams');
    res.on('close', release);
    streamWorkshop(workshop, visitor, req, res);
  });

  router.post('/drive', async (req, res) => {
    const { workshop } = requireRole(workshops, req, 'driver');
    res.json({ ended: await workshop.drive(driveAction.parse(req.body)) } satisfies Driven);
  });

  router.post('/presses', (req, res) => {
    const { workshop } = requireRole(workshops, req, 'remote');
    workshop.press(press.parse(req.body));
    res.status(204).end();
  });

  router.post('/answers', (req, res) => {
    const { workshop, visitor } = requireRole(workshops, req, 'participant');
    workshop.answer(visitor.id, roomAnswer.parse(req.body));
    res.status(204).end();
  });

  router.post('/ready', (req, res) => {
    const { workshop, visitor } = requireRole(workshops, req, 'participant');
    workshop.ready(visitor.id, roomReady.parse(req.body).ready);
    res.status(204).end();
  });

  router.get('/agendas', (req, res) => {
    const { workshop } = requireRole(workshops, req, 'driver');
    res.json({ chosen: workshop.agenda, offered: offeredAgendas() } satisfies Agendas);
  });

  router.put('/agenda', (req, res) => {
    const { workshop } = requireRole(workshops, req, 'driver');
    const asked = chooseAgenda.parse(req.body);
    workshop.agenda = agendaOf(asked, scenarios);
    res.json({ chosen: workshop.agenda, offered: offeredAgendas() } satisfies Agendas);
  });

  router.get('/summary.csv', (req, res) => {
    const { workshop } = requireRole(workshops, req, 'driver');
    res.type('text/csv').attachment('workshop.csv').send(summaryCsv(workshop.questions));
  });

  return router;
}

function requireThisMachine(req: Request): void {
  if (!isAtThisMachine(req))
    throw new SandboxError('not-your-role', 'Only the person at the machine that runs this server can do that.');
}

/** @throws SandboxError `bad-request` for a name that there is not, and for a text with mistakes: all of them, with their lines */
function agendaOf(asked: ChooseAgenda, scenarios: readonly Scenario[]): Agenda {
  if ('name' in asked) {
    if (isShipped(asked.name)) return shippedAgenda(asked.name);
    throw new SandboxError(
      'bad-request',
      `There is no agenda "${asked.name}". There are: ${shippedAgendas.join(', ')}.`,
    );
  }
  try {
    return readAgenda(asked.text, asked.file, scenarios);
  } catch (error) {
    if (error instanceof WrongAgenda) throw new SandboxError('bad-request', error.message);
    throw error;
  }
}

const pages: Record<Exclude<WorkshopRole, 'participant'>, string> = {
  driver: '/room/drive',
  remote: '/room/remote',
  screen: '/room/screen',
};

function keyFor(role: keyof typeof pages, key: string, host: string, expiresIn: number | null): WorkshopKey {
  const path = `${pages[role]}#${key}`;
  return { key, path, address: `http://${host}${path}`, expiresIn };
}

/** At this machine, as `localhost`: a cookie or a script of another program there has no say, because a role is a token. */
export const driverKey = ({ firstKey }: Workshop, req: Pick<Request, 'socket'>): WorkshopKey =>
  keyFor('driver', firstKey, `localhost:${req.socket.localPort}`, null);
