import type { CodePlace } from '../../../scenarios/engine/trace.ts';
import { asUrl, sourceLine } from './sourceLine.ts';

const root = new URL('../../../', import.meta.url).href;

/** From Redis back to the handler there are ten frames or so, and each one costs. Where they do not tell, more are asked for. */
const [usual, deepest] = [12, 64];

/**
 * What the frames of one file are to us. `handsOn`: of the app, but it only puts a call in another form or takes one from
 * express-session; the line that decided is the one before. `router`: calls handlers one after the other. What is behind it on
 * the stack is the handler before, which had nothing more to do than to call next().
 */
type Kind = 'app' | 'handsOn' | 'router' | 'other';

const handsOn = ['server/app/sessionStore.ts'];
const files = new Map<string, { kind: Kind; path: string }>();

let ledHere: CodePlace | undefined;

/**
 * The line of the app that is being executed where this is called: the innermost one on the stack, of the handler that runs now.
 * Undefined where none is, as in a timer. Takes some 20 microseconds, almost all of them to write the stack down.
 */
export function codeHere(): CodePlace | undefined {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.prepareStackTrace = asTheyAre;
  try {
    const site = decisive(stack(usual), usual) ?? decisive(stack(deepest), Number.POSITIVE_INFINITY);
    return site ? placeOf(site, prepareStackTrace) : ledHere;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** Do `work`. Where no line of the app is on the stack meanwhile, that place is what led to it. */
export function onBehalfOf<Result>(place: CodePlace | undefined, work: () => Result): Result {
  const before = ledHere;
  ledHere = place;
  try {
    return work();
  } finally {
    ledHere = before;
  }
}

const asTheyAre = (_: unknown, sites: NodeJS.CallSite[]) => sites;

function stack(frames: number): NodeJS.CallSite[] {
  const here: { stack?: unknown } = {};
  Error.stackTraceLimit = frames;
  Error.captureStackTrace(here, codeHere);
  return here.stack as NodeJS.CallSite[];
}

/** The frame to name; false where there is none, null where the stack was cut before that is known. */
function decisive(sites: NodeJS.CallSite[], cutAt: number): NodeJS.CallSite | false | null {
  let handedOn: NodeJS.CallSite | undefined;
  for (const site of sites) {
    const { kind } = fileOf(site);
    if (kind === 'router') return handedOn ?? false;
    if (kind === 'app') return site;
    if (kind === 'handsOn') handedOn ??= site;
  }
  return sites.length === cutAt ? null : (handedOn ?? false);
}

function placeOf(site: NodeJS.CallSite, original: typeof Error.prepareStackTrace): CodePlace | undefined {
  const line = sourceLine(site, original);
  return line === null ? undefined : { file: fileOf(site).path, line };
}

function fileOf(site: NodeJS.CallSite): { kind: Kind; path: string } {
  const name = site.getFileName() ?? '';
  const known = files.get(name);
  if (known) return known;
  const url = name === '' || name.startsWith('node:') ? name : asUrl(name);
  const path = url.startsWith(root) ? decodeURIComponent(url.slice(root.length)) : '';
  const file = { kind: kindOf(path), path };
  files.set(name, file);
  return file;
}

function kindOf(path: string): Kind {
  // Express 5 has its router in a package of its own, Express 4 inside.
  if (/(^|\/)node_modules\/(router|express4?\/lib\/router)\//.test(path)) return 'router';
  if (!/^server\/(app|weaknesses)\//.test(path)) return 'other';
  return handsOn.includes(path) ? 'handsOn' : 'app';
}
