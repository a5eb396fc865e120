/** For tests: what happened in a play, so that two plays of one scenario can be compared although their times and secrets differ. */
import { isDeepStrictEqual } from 'node:util';
import { type Scenario, timesFor } from '../scenarios/engine/scenario.ts';
import type { Trace, TraceEvent } from '../scenarios/engine/trace.ts';

/** What one event says. `ms` holds the times in it, relative to the event, in the order of the text. */
interface Line {
  text: string;
  ms: number[];
}

/** The scenario with the short times that it has for really waiting, to be played in jumps. */
export const withShortTimes = (scenario: Scenario): Scenario => ({ ...scenario, times: timesFor(scenario, 'real') });

/** Returns the lines of each step: what was sent, stored, renewed, answered, and what expired. */
export function courseOf(trace: Trace): Line[][] {
  const { startedAt, namespace } = trace.header;
  const steps: Line[][] = [];
  let jumped = 0;
  for (const event of trace.events) {
    if (event.type === 'time' && event.how === 'jumped') jumped += event.ms;
    const said = wordsOf(event);
    if (said === null) continue;
    const step = 'step' in event && typeof event.step === 'number' ? event.step : -1;
    const app = startedAt + event.at;
    steps[step + 1] ??= [];
    steps[step + 1]!.push(lineOf(said.replaceAll(namespace, ''), { app, machine: app - jumped }));
  }
  return steps.map((lines) => (lines ?? []).toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)));
}

/** Returns how many milliseconds a play took that it did not let pass: on a busy machine, everything in it is that much later. */
export function workOf({ events }: Trace): number {
  const passed = events.flatMap((event) => (event.type === 'time' ? event.ms : []));
  return events.at(-1)!.at - passed.reduce((sum, ms) => sum + ms, 0);
}

function wordsOf(event: TraceEvent): string | null {
  switch (event.type) {
    case 'request': {
      const { actor, method, url, body, cookies } = event;
      return `${actor} ${method} ${url} ${body?.replace(/"code":"\d+"/, '"code":…')} ${cookies.map(({ name, why }) => `${name}: ${why ?? 'sent'}`)}`;
    }
    case 'response': {
      const header = event.headers.filter(
        ([name]) => !/^(date|etag|connection|keep-alive|content-length)$/i.test(name),
      );
      return `answer ${event.status} by ${event.by} ${JSON.stringify(header)} ${event.body}`;
    }
    case 'command':
      // The reply of TIME is the machine's clock.
      return `${event.name} ${event.args.join(' ')} → ${event.error ?? (event.name === 'time' ? '' : event.reply)}`;
    case 'key': {
      const left = event.expiresAt === null ? 'never' : duration(event.expiresAt - event.at);
      return `key ${event.key} ${event.change} by ${event.cause.by}, ${JSON.stringify(event.value)}, ends ${left}`;
    }
    case 'memory': {
      const left = event.expiresAt === null ? 'never' : duration(event.expiresAt - event.at);
      return `memory of ${event.process}: ${event.op} ${event.value}, ends ${left}`;
    }
    case 'jar': {
      const cookies = event.cookies.map(
        ({ name, expiresAt }) => `${name} ${expiresAt === null ? 'never' : duration(expiresAt - event.at)}`,
      );
      return `jar of ${event.actor}: ${cookies}`;
    }
    case 'ask':
      return `ask: ${event.actual}`;
    case 'step-ended':
      return `ended: ${event.error} ${JSON.stringify(event.untrue)}`;
    case 'stream-message':
      return `stream of ${event.actor}: ${event.name} ${event.data}`;
    case 'stream-ended':
      return `stream of ${event.actor} ${event.how}`;
    case 'audit':
      return `audit ${event.name}`;
    case 'mail':
      return `mail ${event.subject}`;
    case 'page-shown':
      return `shown ${event.url} ${event.status} ${event.body}`;
    case 'script':
      return `script ${event.wrote} ${event.result}`;
    default:
      return null;
  }
}

const duration = (ms: number) => `~${Math.round(ms)}~`;

/** What is different in each play: IDs, signatures, tokens, hashes. Also takes names of many words, which loses nothing here. */
const secret =
  /(?<![\w%-])(?!\d{4}-\d\d-\d\dT)(?=[\w%-]*[A-Za-z])(?=[\w%-]*(?:\d|[a-z][\w%-]*[A-Z]|[A-Z][\w%-]*[a-z]))[\w%-]{12,}/g;

/** The expiry of a record and the dates of HTTP are of the machine's clock, other times of the app's. Other numbers are durations. */
const time =
  /(?<record>(?<=\bexpires\\?":\\?")\d{4}-\d\d-\d\dT[\d:.]+Z)|(?<iso>\d{4}-\d\d-\d\dT[\d:.]+Z)|Thu, 01 Jan 1970 00:00:00 GMT|(?<http>\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT)|\b(?<us>1\d{15})\b|\b(?<ms>1\d{12})\b|\b(?<s>1\d{9})\b|(?<="left\\?":)\d+|~-?\d+~|\b\d+\.\d+\b|\b\d{4,}\b/g;

function lineOf(words: string, now: { app: number; machine: number }): Line {
  const ms: number[] = [];
  const text = words.replaceAll(secret, '…').replaceAll(time, (found, ...rest) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    if (groups.record ?? groups.http) ms.push(Date.parse(found) - now.machine);
    else if (groups.iso) ms.push(Date.parse(found) - now.app);
    // The scores of a session list are of Redis' clock, and nobody compares them with another one.
    else if (groups.us) return '#';
    else if (groups.ms) ms.push(Number(found) - now.app);
    else if (groups.s) ms.push(Number(found) * 1000 - now.app);
    else if (found.startsWith('Thu')) return 'the past';
    else ms.push(Number(found.replaceAll('~', '')));
    return '#';
  });
  return { text, ms };
}

/**
 * Returns where two courses differ; [] when they do not.
 *
 * @param tolerance milliseconds
 */
export function differences(one: Line[][], other: Line[][], tolerance: number): string[] {
  const found: string[] = [];
  for (let step = 0; step < Math.max(one.length, other.length); step++) {
    const [a, b] = [one[step] ?? [], other[step] ?? []];
    if (
      !isDeepStrictEqual(
        a.map(({ text }) => text),
        b.map(({ text }) => text),
      )
    ) {
      const only = (lines: Line[], others: Line[]) => {
        const left = others.map(({ text }) => text);
        return lines.filter(({ text }) => {
          const at = left.indexOf(text);
          if (at !== -1) left.splice(at, 1);
          return at === -1;
        });
      };
      for (const { text } of only(a, b)) found.push(`step ${step}: - ${text}`);
      for (const { text } of only(b, a)) found.push(`step ${step}: + ${text}`);
      continue;
    }
    for (const [index, { text, ms }] of a.entries()) {
      const others = b[index]!.ms;
      if (ms.some((value, at) => Math.abs(value - others[at]!) > tolerance)) {
        found.push(`step ${step}: ${text}: ${ms.map(Math.round)} and ${others.map(Math.round)} ms`);
      }
    }
  }
  return found;
}
