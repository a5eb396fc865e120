/** The file that the developer tools of a browser save: HTTP Archive 1.2, http://www.softwareishard.com/blog/har-12-spec/. */
import type { Header, RequestSent, ResponseReceived, Trace } from '../../../scenarios/engine/trace.ts';
import { valuesOf } from '../headers.ts';

/** What the export of Chrome leaves out unless it is told otherwise, since version 130. */
const sensitive = ['cookie', 'set-cookie', 'authorization'];

/**
 * Returns a file with the last answered request of a browser and its response, as they are in the trace.
 * @param options.sanitized without the headers that log somebody in
 * @throws Error when there is none yet
 */
export function harOf({ header, events }: Trace, actor: string, { sanitized = false } = {}): string {
  const responses = events.filter((event) => event.type === 'response');
  const requests = events.filter((event) => event.type === 'request' && event.actor === actor) as RequestSent[];
  const request = requests.findLast(({ id }) => responses.some((response) => response.request === id));
  const response = responses.findLast((one) => one.request === request?.id);
  if (!request || !response) throw new Error(`${actor} has not got a response yet, so there is nothing to export.`);
  const exported = (headers: readonly Header[]) =>
    headers
      .filter(([name]) => !(sanitized && sensitive.includes(name.toLowerCase())))
      .map(([name, value]) => ({ name, value }));
  const log = {
    version: '1.2',
    creator: { name: 'Session Sandbox', version: '1' },
    entries: [
      {
        startedDateTime: new Date(header.startedAt + request.at).toISOString(),
        time: response.ms,
        request: requestIn(request, exported),
        response: responseIn(response, exported),
        cache: {},
        timings: { send: 0, wait: response.ms, receive: 0 },
      },
    ],
  };
  return JSON.stringify({ log });
}

type Exported = (headers: readonly Header[]) => { name: string; value: string }[];

/** Sizes that are not known are -1, says the specification. The cookies stand in the headers, too, so they are listed only there. */
const unknownSizes = { headersSize: -1, bodySize: -1, cookies: [] };

const requestIn = ({ method, url, headers, body }: RequestSent, exported: Exported) => ({
  method,
  url,
  httpVersion: 'HTTP/1.1',
  headers: exported(headers),
  queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
  ...(body !== null && { postData: { mimeType: valuesOf(headers, 'content-type')[0] ?? '', text: body } }),
  ...unknownSizes,
});

const responseIn = ({ status, statusText, headers, body }: ResponseReceived, exported: Exported) => ({
  status,
  statusText,
  httpVersion: 'HTTP/1.1',
  headers: exported(headers),
  content: { size: body.length, mimeType: valuesOf(headers, 'content-type')[0] ?? '', text: body },
  redirectURL: valuesOf(headers, 'location')[0] ?? '',
  ...unknownSizes,
});
