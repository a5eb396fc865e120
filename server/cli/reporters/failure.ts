import cut from 'cli-truncate';
import { printable } from '../../../scenarios/engine/markdown.ts';
import type { Exchange, StepView, View } from '../../../scenarios/engine/read.ts';
import { runName } from '../../../scenarios/engine/repairs.ts';
import type { Header, RedisCommand } from '../../../scenarios/engine/trace.ts';
import { type Output, type Paint, unexplained } from '../reporter.ts';
import { fill, quoted, wrap } from '../text.ts';

const indent = '    ';
const labelWidth = 10;

/** The headers that decide who a request or a response is about. */
const requestHeaders = ['cookie', 'origin', 'authorization'];
const responseHeaders = ['set-cookie', 'location', 'retry-after'];

/**
 * Returns the details of a step that went wrong, as lines that fit: question, expected and actual answer, then each request with
 * its response and the Redis commands that it caused.
 */
export function failure(view: View, step: StepView, { columns, paint }: Omit<Output, 'write'>): string[] {
  const room = columns - indent.length - labelWidth;
  const labelled = (label: string, lines: readonly string[]) =>
    lines.map((line, index) => `${indent}${paint('dim', fill(index === 0 ? label : '', labelWidth))}${line}`);
  const whole = (label: string, text: string) => labelled(label, wrap(printable(text), room));

  const { header } = view;
  const { index, outline, ask, error, untrue } = step;
  const browser = header.browser ?? 'the real browser';
  const title = `${header.scenario.slug}, ${runName(header)}, step ${index + 1}: ${outline.title}`;
  const exchanges = view.exchanges.filter(({ request }) => request.step === index);
  return [
    ...wrap(printable(title), columns - 2).map(
      (line, at) => (at === 0 ? `${paint('red', '✗')} ` : '  ') + paint('bold', line),
    ),
    ...(outline.ask ? whole('question', outline.ask.question) : []),
    ...(ask ? [...whole('expected', String(ask.expected)), ...whole('actual', quoted(String(ask.actual)))] : []),
    ...untrue.flatMap(({ claim, seen }) => [...whole('claim', claim), ...whole('but', seen)]),
    ...(error === null ? [] : whole('error', error)),
    ...unexplained(step).flatMap(({ what, virtual, real }) => [
      ...whole('differs', `${what}, in ${browser} and in the virtual browser`),
      ...whole('real', real),
      ...whole('virtual', virtual),
    ]),
    ...(exchanges.length === 0 ? whole('request', 'none in this step') : []),
    ...view.stops
      .filter(({ step }) => step === index)
      .flatMap(({ method, url, why }) => whole('stopped', `${method} ${url}: ${why}`)),
    ...exchanges.flatMap((exchange) => [
      '',
      ...labelled('request', requestLines(exchange, view, room)),
      ...labelled('response', responseLines(exchange, room)),
      ...labelled('redis', redisLines(exchange.commands, header.namespace, room, paint)),
    ]),
  ].map((line) => line.trimEnd());
}

function requestLines({ request }: Exchange, { header }: View, room: number): string[] {
  const actor = header.scenario.actors.find(({ name }) => name === request.actor)?.label ?? request.actor;
  return [
    ...wrap(printable(`${request.method} ${request.url} (${actor})`), room),
    ...headerLines(request.headers, requestHeaders, room),
    ...request.cookies
      .filter(({ sent }) => !sent)
      .flatMap(({ name, why }) => wrap(printable(`Cookie ${name} was not sent: ${why}`), room)),
    ...(request.body ? [cut(printable(request.body), room)] : []),
  ];
}

function responseLines({ response, failure }: Exchange, room: number): string[] {
  if (!response) return wrap(printable(`none: ${failure?.why ?? 'it did not arrive'}`), room);
  return [
    `${response.status} ${printable(response.statusText)}`,
    ...headerLines(response.headers, responseHeaders, room),
    ...response.cookies
      .filter(({ outcome }) => outcome === 'refused')
      .flatMap(({ name, why }) => wrap(printable(`Cookie ${name} was refused: ${why}`), room)),
    ...(response.body ? [cut(printable(response.body), room)] : []),
  ];
}

const headerLines = (headers: readonly Header[], wanted: readonly string[], room: number) =>
  headers
    .filter(([name]) => wanted.includes(name.toLowerCase()))
    .flatMap(([name, value]) => wrap(printable(`${name}: ${value}`), room));

/** Returns each command with its reply below it, without the namespace, which the app does not know either. */
function redisLines(commands: readonly RedisCommand[], namespace: string, room: number, paint: Paint): string[] {
  if (commands.length === 0) return ['no command'];
  return commands.flatMap(({ name, args, reply, error, why }) => [
    cut(printable([name.toUpperCase(), ...args.map((arg) => arg.replaceAll(namespace, ''))].join(' ')), room),
    paint(
      'dim',
      cut(
        printable(
          `  → ${error === null ? [reply?.replaceAll('\n', ' '), why ?? ''].join(' ').trimEnd() : `failed: ${error}`}`,
        ),
        room,
      ),
    ),
  ]);
}
