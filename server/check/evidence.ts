import type { Header, RequestSent, Trace } from '../../scenarios/engine/trace.ts';
import type { Secrets } from './safety/secrets.ts';
import type { Exchange } from './verdicts.ts';

/** The headers that decide who a request or an answer is about, and who may keep it. */
const telling = ['cookie', 'origin', 'set-cookie', 'location', 'cache-control', 'retry-after', 'content-type'];

/** Characters of a body: enough to recognize an answer. */
const longestBody = 200;

/** As many exchanges of a step as a reader looks at. The last ones decide. */
const mostExchanges = 4;

/**
 * Returns what was sent and answered, redacted.
 * @param shows the numbers of the requests that decide; by default the last ones of the step
 */
export function evidenceOf(
  { header, events }: Trace,
  step: number,
  secrets: Secrets,
  shows?: readonly number[],
): Exchange[] {
  const requests = events.filter((event) => event.type === 'request') as RequestSent[];
  const deciding = shows
    ? requests.filter(({ id }) => shows.includes(id))
    : requests.filter((one) => one.step === step);
  return deciding.slice(-mostExchanges).map((request) => {
    const response = events.find((event) => event.type === 'response' && event.request === request.id);
    const answered =
      response?.type === 'response'
        ? [`${response.status} ${response.statusText}`.trim(), ...lines(response.headers, response.body)]
        : ['no answer'];
    const { pathname, search } = new URL(request.url);
    return {
      who: header.scenario.actors.find(({ name }) => name === request.actor)?.label ?? request.actor,
      sent: [`${request.method} ${pathname}${search}`, ...lines(request.headers, request.body ?? '')].map((line) =>
        secrets.redact(line),
      ),
      answered: answered.map((line) => secrets.redact(line)),
    };
  });
}

function lines(headers: readonly Header[], body: string): string[] {
  const shown = headers
    .filter(([name]) => telling.includes(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${value}`);
  const text = body
    .replace(/<(script|style)\b.*?<\/\1>|<[^>]*>/gis, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '') return shown;
  return [...shown, text.length > longestBody ? `${text.slice(0, longestBody)}…` : text];
}
