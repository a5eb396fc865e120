import type { Request, Response } from 'express';
import { seconds } from '../../../scenarios/engine/durations.ts';
import type { Dismissed, RunClock, RunOpened } from '../../../scenarios/engine/workshop.ts';
import type { Visitor } from '../../workshop/passes.ts';
import type { Run } from '../../workshop/runs.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { sendInTime } from '../sendInTime.ts';

/** Often enough to keep a proxy from closing the connection, and the page's clock from drifting. Milliseconds. */
const clockInterval = seconds(10);

/** The driver sees where everybody is, which changes all the time in a room that plays. Milliseconds. */
const peopleInterval = seconds(1);

/** Of events, in one piece. */
const mostEvents = 200;

/**
 * Sends a workshop as server-sent events, as scenarios/engine/workshop.ts says: the runs that are shown from their beginning, or
 * from where the page lost its connection, then what its role may see of the room whenever that changes.
 */
export function streamWorkshop(workshop: Workshop, visitor: Visitor, req: Request, res: Response): void {
  res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  res.flushHeaders();

  /** How many events of each run the page has. */
  const sent = readPositions(req.get('last-event-id') ?? '');
  const opened = new Set<string>();
  const last = new Map<string, string>();
  let version = -1;
  const pressed: string[] = [];
  /** What is not sent at each change: the clocks, and where the participants are. */
  let due = true;
  let dismissal: string | null = null;

  /** Returns a named message if it differs from the last of its name. */
  const ifNew = (name: string, data: object | undefined): string => {
    const text = JSON.stringify(data);
    if (data === undefined || last.get(name) === text) return '';
    last.set(name, text);
    return message(name, text);
  };

  const openings = () =>
    workshop.runs.shown
      .filter(({ name }) => !opened.has(name))
      .map((run) => {
        opened.add(run.name);
        due = true;
        const { name, header } = run;
        return message('run', JSON.stringify({ run: name, header } satisfies RunOpened));
      });

  const events = (run: Run): string => {
    const from = sent.get(run.name) ?? 0;
    const to = Math.min(run.length, from + mostEvents);
    if (from >= to) return '';
    const ids = workshop.runs.shown.map(({ name }) => [name, name === run.name ? to : (sent.get(name) ?? 0)] as const);
    sent.set(run.name, to);
    const texts = run.texts(from, to);
    const lines = texts.map((text) => `data: ${text}\n\n`);
    // On the last one: what arrived of a piece that was cut off is sent again.
    lines[lines.length - 1] = `id: ${writePositions(ids)}\n${lines.at(-1)}`;
    return lines.join('');
  };

  const whatIsDue = (): string => {
    if (!due) return '';
    due = false;
    const people = visitor.role === 'driver' ? ifNew('driver', workshop.driverView()) : '';
    const now = workshop.runs.shown.map((run) =>
      message('clock', JSON.stringify({ run: run.name, now: run.now() } satisfies RunClock)),
    );
    // A comment, so that an idle connection is not taken for a lost one.
    return people + now.join('') || ': here\n\n';
  };

  const room = (): string => {
    if (version === workshop.version) return '';
    version = workshop.version;
    return message('room', workshop.roomText());
  };

  const you = () => (visitor.role === 'participant' ? ifNew('you', workshop.participantView(visitor.id)) : '');

  const next = (): string | null => {
    if (dismissal !== null) return null;
    if (!workshop.holds(visitor)) {
      dismissal = message(
        'dismissed',
        JSON.stringify({ why: 'Another page drives this room now.' } satisfies Dismissed),
      );
      return dismissal;
    }
    const pieces = [...openings(), ...workshop.runs.shown.map(events)].join('');
    // What the room shows comes after what it shows of.
    return pieces || pressed.splice(0).join('') + you() + room() + whatIsDue() || null;
  };

  const sendWhatIsNew = sendInTime(res, next, () => dismissal !== null || workshop.signal.aborted);
  const leave = workshop.attend(visitor);
  const stops = [
    workshop.subscribe(sendWhatIsNew),
    visitor.role === 'driver'
      ? workshop.onPress((press) => {
          pressed.push(message('press', JSON.stringify(press)));
          sendWhatIsNew();
        })
      : () => {},
  ];
  workshop.signal.addEventListener('abort', sendWhatIsNew);
  const ticking = setInterval(
    () => {
      due = true;
      sendWhatIsNew();
    },
    visitor.role === 'driver' ? peopleInterval : clockInterval,
  );
  res.on('close', () => {
    clearInterval(ticking);
    workshop.signal.removeEventListener('abort', sendWhatIsNew);
    for (const stop of stops) stop();
    leave();
  });
}

const message = (name: string, data: string) => `event: ${name}\ndata: ${data}\n\n`;

/** `3f2a…:12,77b0…:30`: how many events of which run the page has. */
const writePositions = (positions: readonly (readonly [string, number])[]) =>
  positions.map(([run, count]) => `${run}:${count}`).join(',');

/** Reads what writePositions wrote. What is not that is nothing: the page gets everything again. */
function readPositions(text: string): Map<string, number> {
  const parts = text.split(',', 2).map((part) => /^([0-9a-f]{12}):(\d{1,6})$/.exec(part));
  return new Map(parts.flatMap((part) => (part ? [[part[1]!, Number(part[2])] as const] : [])));
}
