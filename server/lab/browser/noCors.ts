/** What is left of a fetch() with `mode: 'no-cors'`: a request that a form could send as well, and a response that no script can read. */
import type { BrowserRequest } from './exchange.ts';
import { unsafeNames } from './safelist.ts';

/** Fetch standard, "no-CORS-safelisted request-header name". Other headers of the page are dropped without an error. */
const kept = ['accept', 'accept-language', 'content-language', 'content-type'];

const plainText = 'text/plain;charset=UTF-8';

/** Returns the request without what the mode does not allow, or why fetch() throws a TypeError and sends nothing. */
export function asSimple(request: BrowserRequest): BrowserRequest | string {
  const { method, body, options = {} } = request;
  if (!['GET', 'HEAD', 'POST'].includes(method)) {
    return `fetch() with mode "no-cors" sends GET, HEAD and POST only, and refuses ${method}`;
  }
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).filter(
      ([name, value]) => kept.includes(name.toLowerCase()) && unsafeNames([[name, value]]).length === 0,
    ),
  );
  // The Content-Type is one of the dropped headers: the text is then sent as what fetch() calls it.
  const isDropped = body !== undefined && unsafeNames([['Content-Type', body.type]]).length > 0;
  return { ...request, options: { ...options, headers }, body: isDropped ? { ...body, type: plainText } : body };
}
