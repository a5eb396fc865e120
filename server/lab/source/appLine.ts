import { findSourceMap } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { CodePlace } from '../../../scenarios/engine/trace.ts';

const root = new URL('../../../', import.meta.url).href;

/** A handler is about ten frames away from Redis, and each frame costs time. If these do not suffice, more are captured. */
const [usualFrames, mostFrames] = [12, 64];

/** The place to report while no line of the app is on the stack. */
let responsible: CodePlace | undefined;

/** Whether `responsible` is to be reported without a look at the stack. */
let certain = false;

/**
 * Returns the line of the app that is being executed: the innermost one on the stack, within the handler that is running.
 * Undefined if there is none, as in a timer. Takes about 10 microseconds, almost all of them to capture the stack.
 *
 * @param frames how many probably suffice
 */
export function appLine(frames = usualFrames): CodePlace | undefined {
  if (certain) return responsible;
  const { prepareStackTrace } = Error;
  const site =
    findFrame(captureStack(frames, appLine), frames) ??
    findFrame(captureStack(mostFrames, appLine), Number.POSITIVE_INFINITY);
  return site ? placeOf(site, prepareStackTrace) : responsible;
}

/** Runs `work`. If no line of the app is on the stack meanwhile, `appLine` returns `place`. */
export function withAppLine<Result>(place: CodePlace | undefined, work: () => Result): Result {
  const before = responsible;
  responsible = place;
  try {
    return work();
  } finally {
    responsible = before;
  }
}

/** Calls a method that is known to call no line of the app before it returns: `appLine` returns `place` without a look at the stack. */
export function surelyAt<Self, Args extends unknown[], Result>(
  place: CodePlace,
  method: (this: Self, ...args: Args) => Result,
  self: Self,
  args: Args,
): Result {
  const before = { responsible, certain };
  [responsible, certain] = [place, true];
  try {
    return method.apply(self, args);
  } finally {
    ({ responsible, certain } = before);
  }
}

/** Whether express-session has called that function. */
export const calledBySession = (called: Called) => fileOf(captureStack(1, called)[0]).kind === 'session';

type Called = (...args: never[]) => unknown;

const sitesAsTheyAre = (_: Error, sites: NodeJS.CallSite[]) => sites;

/** Returns the innermost frames outside of `below`. */
function captureStack(frames: number, below: Called): NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const target: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = frames;
    Error.prepareStackTrace = sitesAsTheyAre;
    Error.captureStackTrace(target, below);
    return target.stack as NodeJS.CallSite[];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** Returns the frame to report, false if there is none, or null if the stack was cut off before it could be found. */
function findFrame(sites: NodeJS.CallSite[], cutAt: number): NodeJS.CallSite | false | null {
  let adapter: NodeJS.CallSite | undefined;
  for (const site of sites) {
    const { kind } = fileOf(site);
    if (kind === 'router') return adapter ?? false;
    if (kind === 'app') return site;
    if (kind === 'adapter') adapter ??= site;
  }
  return sites.length === cutAt ? null : (adapter ?? false);
}

/**
 * What the frames of a file mean. `adapter`: a file of the app that only converts calls to or from express-session; the line
 * that decided is the one that called it. `router`: calls handlers one after the other. The frames behind it belong to the
 * previous handler, which only called next(). `session`: express-session.
 */
type Kind = 'app' | 'adapter' | 'router' | 'session' | 'other';

const adapters = ['server/app/sessionStore.ts'];
const files = new Map<string, { kind: Kind; path: string }>();

function fileOf(site: NodeJS.CallSite | undefined): { kind: Kind; path: string } {
  const name = site?.getFileName() ?? '';
  const known = files.get(name);
  if (known) return known;
  const url = name === '' || name.startsWith('node:') ? name : urlOf(name);
  const path = url.startsWith(root) ? sourceFile(decodeURIComponent(url.slice(root.length))) : '';
  const file = { kind: kindOf(url, path), path };
  files.set(name, file);
  return file;
}

/** Frames name their file by URL in modules and by path elsewhere. A loader may add a query. */
const urlOf = (file: string) => (file.startsWith('file:') ? file : pathToFileURL(file).href).replace(/[?#].*$/, '');

/** The package holds the app as JavaScript with the same lines, because its types are erased in place. */
const sourceFile = (path: string) => path.replace(/\.js$/, '.ts');

function kindOf(url: string, path: string): Kind {
  // Express 5 has its router in a package of its own, Express 4 has it inside. In our package, scripts/package/bundle.ts makes a
  // file of each.
  if (/\/node_modules\/(router|express4?\/lib\/router)\/|\/chunks\/router-[^/]+\.js$/.test(url)) return 'router';
  if (/\/node_modules\/express-session\/index\.js$|\/chunks\/express-session-[^/]+\.js$/.test(url)) return 'session';
  if (!/^server\/(app|weaknesses)\//.test(path)) return 'other';
  return adapters.includes(path) ? 'adapter' : 'app';
}

const lines = new Map<string, number | null>();

/** @param original the environment's own `Error.prepareStackTrace` */
function placeOf(site: NodeJS.CallSite, original: typeof Error.prepareStackTrace): CodePlace | undefined {
  const place = `${site.getFileName()}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  let line = lines.get(place);
  if (line === undefined) {
    line = sourceLine(site, original);
    lines.set(place, line);
  }
  return line === null ? undefined : { file: fileOf(site).path, line };
}

/**
 * Returns the line in the source file, or null if the source map does not contain it. The code that runs differs from the
 * source: tsx compiles each file when it is loaded, mostly into one long line.
 */
function sourceLine(site: NodeJS.CallSite, original: typeof Error.prepareStackTrace): number | null {
  const map = findSourceMap(site.getFileName() ?? '');
  if (map) {
    // Node's source maps count lines and columns from 0, stacks from 1.
    const entry = map.findEntry((site.getLineNumber() ?? 1) - 1, (site.getColumnNumber() ?? 1) - 1);
    return 'originalLine' in entry ? entry.originalLine + 1 : null;
  }
  // A test runner that does not register its source maps, such as vitest, applies them when it formats a stack.
  const formatted = original ? String(original(new Error(), [site])) : site.toString();
  const line = /:(\d+):\d+\)?$/.exec(formatted)?.[1];
  return line === undefined ? null : Number(line);
}
