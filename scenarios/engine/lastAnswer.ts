/** The last page that a browser got in a step, and who answered it. Pure. */
import { personOf } from './people.ts';
import type { Exchange, View } from './read.ts';
import { fieldsOf } from './sessionRecord.ts';
import type { ActorOutline } from './trace.ts';

export interface LastAnswer {
  status: number;
  /** How many pages the app was asked for since the step started, and how many of them it answered with 401. */
  answered: number;
  refused: number;
  /** Who answered, when it was not the app: "cache", "https://evil.example", "browser" for a page that the Back button showed. */
  by: string | null;
  /** Whether it is a page that the app has refused to this browser before, as it had no session then. */
  refusedBefore: boolean;
  /** The name of the user whose page it is: the one whose e-mail address the body names. */
  about: string | null;
  /** What the app says of why it refused: ", “This request does not come from our own pages.”"; '' when it says nothing. */
  error: string;
}

/** Characters. An error that is longer is not quoted. */
const longestError = 60;

/** ", “This request does not come from our own pages.”", what an app says of why it refused a request; '' when it says little, or too much. */
export function quotedError(response: { status: number; body: string } | null): string {
  const { error } = fieldsOf(response?.body ?? '');
  // 401 means that nobody is logged in, and that is told otherwise.
  const isTold = typeof error === 'string' && isPlain(error) && response!.status !== 401;
  return isTold ? `, “${error}”` : '';
}

/** No line breaks, and nothing that a terminal obeys. */
const isPlain = (text: string) => text.length <= longestError && !/\p{C}/u.test(text);

/** @param sent the browser's requests in the step */
export function lastAnswer(actor: ActorOutline, sent: readonly Exchange[], view: View): LastAnswer | null {
  const response = sent.findLast((exchange) => exchange.response !== null)?.response ?? null;
  const page = view.pagesShown.findLast((shown) => shown.seq >= view.since && shown.actor === actor.name);
  const last = page && (!response || page.seq > response.seq) ? page : response;
  if (!last) return null;
  const { status, body } = last;
  const by = 'by' in last ? last.by : 'browser';
  // The answer to a login names the user, too, but it is no page.
  const isPage = last === page || sent.some(({ request, response }) => response === last && request.method === 'GET');
  const { id, email } = isPage ? fieldsOf(body) : {};
  const about = typeof id === 'number' && typeof email === 'string' ? userNamed(id, email, view) : null;
  const answers = sent.flatMap(({ request, response }) =>
    request.method === 'GET' && response && isApp(response.by) ? [response.status] : [],
  );
  const refused = answers.filter((answer) => answer === 401).length;
  return {
    status,
    answered: answers.length,
    refused,
    by: isApp(by) ? null : by,
    refusedBefore: refusedBefore(last),
    about,
    error: by === 'browser' ? '' : quotedError(response),
  };

  function refusedBefore(answer: typeof last): boolean {
    const asked = sent.find(({ response }) => response === answer)?.request;
    if (!asked || asked.sid != null) return false;
    return view.exchanges.some(
      ({ request, response }) =>
        request.seq < asked.seq &&
        request.actor === asked.actor &&
        request.method === asked.method &&
        request.url === asked.url &&
        request.sid == null &&
        response?.status === 401,
    );
  }
}

const userNamed = (id: number, email: string, { header }: View) =>
  personOf(header.users.some((user) => user.id === id) ? header : { users: [{ id, email }] }, id);

/** An app answers under its name or host; other sites answer under their origin. */
export const isApp = (by: string) => by !== 'cache' && by !== 'browser' && !by.includes('://');

/** "got 200 as Alice"; "5 of 10 got 401" where the app did not answer alike. */
export function pageText({ status, about, by, answered, refused }: LastAnswer): string {
  if (refused > 0 && refused < answered) return `${refused} of ${answered} got 401`;
  return `got ${status}${about ? ` as ${about}` : ''}${fromWhere(by)}`;
}

/** The same in few letters: "200 as Alice", "cache: 200 as Alice", "cache: 200", "401: 5 of 10". */
export function briefPageText({ status, about, by, answered, refused }: LastAnswer): string {
  if (refused > 0 && refused < answered) return `401: ${refused} of ${answered}`;
  const place = by === null ? (about ? '' : 'got ') : `${briefPlace(by)}: `;
  return `${place}${status}${about ? ` as ${about}` : ''}`;
}

const briefPlace = (by: string) => (by === 'browser' ? 'cache' : by.replace(/^https:\/\/|(:|\.).*$/g, ''));

const fromWhere = (by: string | null) =>
  by === null
    ? ''
    : by === 'browser' || by === 'cache'
      ? `, from ${by === 'cache' ? 'the ' : 'its '}cache`
      : by.startsWith('http://')
        ? ' over http'
        : ` from ${by.replace(/^.*:\/\//, '')}`;
